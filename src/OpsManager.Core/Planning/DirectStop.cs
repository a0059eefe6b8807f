using System.Globalization;
using OpsManager.Core.Facts;

namespace OpsManager.Core.Planning;

/// <summary>
/// A run that is stopped by signals, as the runtime's own cancel would do it: the active-run.json by which that finds the process is
/// missing with its directory (docs/control.md, "If the directory is missing").
/// </summary>
/// <param name="Pid">As active-run.json named it before, or as it was found by its command line.</param>
/// <param name="Group">The process group that is signalled; null where the process alone is.</param>
/// <param name="Started">When the process started, in the kernel's ticks: another one with its number is left alone.</param>
public sealed record DirectStop(int Pid, int? Group, ulong Started)
{
    /// <summary>The same by hand.</summary>
    public string CommandLine => Group is { } group ? $"kill -TERM -- -{Text(group)}" : $"kill -TERM {Text(Pid)}";

    /// <summary>What is stopped, for people.</summary>
    public string Words => Group is null ? $"process {Text(Pid)}" : $"process {Text(Pid)} and its group";

    /// <summary>
    /// Null where the loop's directory is there, where the runtime's cancel finds the run, or where no living process of it is
    /// known.
    /// </summary>
    public static DirectStop? From(RepoFacts repo, LoopFacts loop)
    {
        if (loop.Exists || repo.IsClaimed(loop.Id))
        {
            return null;
        }

        // Without a claim only a process that leads its group speaks for it: any other one may share the group of whoever started it.
        return loop switch
        {
            { Claim: { IsAlive: true, Started: { } started } claim } => new(claim.Pid, claim.Group, started),
            { Claim: null or { IsForeign: true }, Found: { IsAlive: true, Last: { Pid: { } pid, Started: { } started } found } } =>
                new(pid, found.Group == pid ? found.Group : null, started),
            _ => null,
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
