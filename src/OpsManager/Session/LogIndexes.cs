using OpsManager.Cli;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Index;

namespace OpsManager.Session;

/// <summary>The indexes of large logs that sessions share: in the state folder, and used by this build of the program only.</summary>
internal sealed class LogIndexes : IDisposable
{
    private readonly IndexFolder? folder;

    public LogIndexes(VerbContext context)
    {
        var build = BuildStamp.Current;
        folder = StateFolder.Find(context.Files, context.Environment) is { } state
            ? new IndexFolder(context.Files, state, $"{build.Version} {build.Commit}")
            : null;
    }

    /// <summary>How a log is followed of which an index may have been kept.</summary>
    public FollowOptions Follow => folder?.Follow(FollowOptions.Default) ?? FollowOptions.Default;

    public void Dispose() => folder?.Dispose();
}
