using OpsManager.Sources.Files;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Follow;

/// <summary>
/// Stands between a follower and what it reads, and sees the bytes and the answers that the follower sees: whoever records needs no
/// read of its own.
/// </summary>
public interface ILookTap
{
    /// <summary>The files, for the follower only: one thread uses them.</summary>
    IRepoFiles Files { get; }

    /// <summary>The processes, for the follower only.</summary>
    IProcessTable Processes { get; }

    /// <summary>A look is over; all that it read belongs together.</summary>
    void EndLook(DateTimeOffset now);
}
