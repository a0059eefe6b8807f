using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Core.Facts;

/// <summary>
/// The last process that claimed a loop through active-run.json, and whether it is running. It is remembered when another loop
/// overwrites the file, because the process may well go on (docs/contract.md, "What the runtime really does", point 10).
/// </summary>
/// <param name="Pid">Process id as active-run.json named it.</param>
/// <param name="ClaimedAt">The file's own time; null where it has none.</param>
/// <param name="Fate">What the host last said of the process; null before it was looked for.</param>
/// <param name="SeenAlive">Whether it was ever seen alive.</param>
/// <param name="GoneSince">When it was first seen to be gone.</param>
/// <param name="Started">See <see cref="ProcessSighting"/>; null before it was seen alive.</param>
public sealed record Claim(
    int Pid, DateTimeOffset? ClaimedAt, ProcessSighting? Fate, bool SeenAlive, DateTimeOffset? GoneSince, ulong? Started = null)
{
    /// <summary>Process group as active-run.json named it; null where it does not.</summary>
    public int? Group { get; init; }

    public bool IsAlive => Fate?.Fate == ProcessFate.Alive;

    public bool IsGone => Fate?.Fate == ProcessFate.Gone;

    /// <summary>It was written for another repository or where other processes are seen: it says nothing of the run here.</summary>
    public bool IsForeign => Fate?.Fate == ProcessFate.NotOurs;

    /// <summary>How a living process is held still; running where it is not.</summary>
    public ProcessState State => IsAlive ? Fate!.State : ProcessState.Running;

    /// <summary>The claim that <paramref name="run"/> makes; the same process keeps what is known of it.</summary>
    public static Claim From(ActiveRun run, Claim? before) =>
        before?.Pid == run.Pid && (!before.IsGone || before.ClaimedAt == run.UpdatedAt)
            ? before with { ClaimedAt = run.UpdatedAt, Group = run.ProcessGroup }
            : new Claim(run.Pid, run.UpdatedAt, null, false, null) { Group = run.ProcessGroup };

    public Claim With(ProcessSighting sighting, DateTimeOffset at) => sighting.Pid != Pid
        ? this
        : this with
        {
            Fate = sighting,
            Started = sighting.Started ?? Started,
            SeenAlive = SeenAlive || sighting.Fate == ProcessFate.Alive,
            GoneSince = sighting.Fate == ProcessFate.Gone ? GoneSince ?? at : null,
        };
}
