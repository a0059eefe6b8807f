using System.Globalization;
using OpsManager.Contract;
using OpsManager.Core.Model;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Local;

/// <summary>
/// The directory of a loop is missing, and the process of its run is there, or may be there. Nothing of the loop can be read.
/// </summary>
public sealed class LoopVanishedException : ContractException
{
    internal LoopVanishedException(LoopModel loop, GuardedFiles files, bool isStarting)
        : base(FailureCodes.SnapshotUnavailable, $"required artifact missing: {Missing(loop, files)} ({Process(loop)}; " +
            $"cancel it with: ops-manager control --repo {files.Root} --loop {loop.Id} --intent cancel)") =>
                (Loop, IsStarting) = (loop, isStarting);

    /// <summary>The run has only just begun, and may not have made its directory yet.</summary>
    public bool IsStarting { get; }

    /// <summary>What is known of the run.</summary>
    public LoopModel Loop { get; }

    private static string Missing(LoopModel loop, GuardedFiles files) =>
        files.Full(files.IsDirectory(ArtifactPaths.Root) ? ArtifactPaths.Loop(loop.Id) : ArtifactPaths.Root);

    private static string Process(LoopModel loop)
    {
        if (loop.Claim is not { IsForeign: false } claim)
        {
            return loop.Found!.Last.Fact;
        }

        var pid = claim.Pid.ToString(CultureInfo.InvariantCulture);
        return claim is { IsAlive: true, State: ProcessState.Running }
            ? $"process {pid} is running"
            : claim.Fate?.Fact ?? $"process {pid} may be running";
    }
}
