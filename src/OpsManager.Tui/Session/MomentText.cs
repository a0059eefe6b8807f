using OpsManager.Core.Model;
using OpsManager.Sources;
using OpsManager.Sources.Local;

namespace OpsManager.Tui.Session;

/// <summary>
/// Lines of a recording's log as the files have them at the moment that is shown. Nothing is kept: at another moment the same bytes may
/// stand for something else, or for nothing.
/// </summary>
internal sealed class MomentText(IReadOnlyList<ISource> sources) : IEventText
{
    public IReadOnlyList<EventLine> Read(LoopModel loop, int from, int to) => new EventText(sources).Read(loop, from, to);

    public string? Raw(LoopModel loop, int row) => new EventText(sources).Raw(loop, row);
}
