using OpsManager.Contract;
using OpsManager.Sources.Files;

namespace OpsManager.Service.Publish;

/// <summary>A glance at the files of a loop, without reading them: most loops of a repository ended long ago.</summary>
internal sealed class LoopGlance(GuardedFiles files, string loop)
{
    private readonly string[] paths =
    [
        ArtifactPaths.Events(loop), ArtifactPaths.Summary(loop), ArtifactPaths.Approval(loop), ArtifactPaths.Heartbeat(loop),
        ArtifactPaths.Decisions(loop), ArtifactPaths.Usage(loop), ArtifactPaths.ControlRows(loop), ArtifactPaths.Intents(loop),
    ];

    private FileProbe[] before = [];

    /// <summary>Whether one of them is another one than at the last glance, or the first time.</summary>
    public bool HasChanged()
    {
        var now = Array.ConvertAll(paths, files.Probe);
        var isSame = now.AsSpan().SequenceEqual(before);
        before = now;
        return !isSame;
    }
}
