using OpsManager.Core.Events;
using OpsManager.Core.Model;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Local;

/// <summary>One loop read once and found whole: every artifact that is there could be read, and the log is indexed to its end.</summary>
public sealed record LoopReading(RepoModel Repo, LoopModel Loop, IRepoFiles Files, DateTimeOffset At)
{
    public EventLog Log => Loop.Log!;

    /// <summary>Complete lines of the log.</summary>
    public int Lines => Loop.Tally.Lines;
}
