using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Core.Rules.Assessment;

/// <summary>What each source says of a loop, one plain sentence a source: the evidence behind every ruling.</summary>
public static class SourceEvidence
{
    /// <summary>All sources that say anything, in the order in which the rules ask them.</summary>
    public static IReadOnlyList<EvidenceRecord> All(RepoFacts repo, LoopFacts loop)
    {
        var facts = new List<EvidenceRecord>(7) { Approval(loop, repo.IsFromLogs), ActiveRun(repo) };
        if (Process(repo, loop) is { } process)
        {
            facts.Add(process);
        }

        facts.Add(State(repo));
        facts.Add(Events(loop));
        facts.Add(Summary(loop, repo.IsFromLogs));
        if (Heartbeat(loop) is { } heartbeat)
        {
            facts.Add(heartbeat);
        }

        return facts;
    }

    /// <param name="isFromLogs">See <see cref="RepoFacts.IsFromLogs"/>.</param>
    public static EvidenceRecord Approval(LoopFacts loop, bool isFromLogs = false) => new()
    {
        Source = EvidenceSources.Approval,
        Path = ArtifactPaths.Approval(loop.Id),
        Fact = loop.Approval.Value is { } approval
            ? approval.IsPending
                ? $"pending for run {approval.RunId}, iteration {Text(approval.Iteration)}, asked {Text(approval.RequestedAt)}"
                : $"{approval.Status} by {approval.DecidedBy ?? "somebody"} for run {approval.RunId}, decided {Text(approval.DecidedAt)}"
            : Absent(loop.Approval, "none", isFromLogs),
    };

    public static EvidenceRecord ActiveRun(RepoFacts repo) => new()
    {
        Source = EvidenceSources.ActiveRun,
        Path = ArtifactPaths.ActiveRun,
        Fact = repo.ActiveRun.Value is { } run
            ? $"says process {run.Pid.ToString(CultureInfo.InvariantCulture)} runs loop {run.LoopId}, stage {run.Stage}, written "
                + $"{Text(run.UpdatedAt)}"
            : Absent(repo.ActiveRun, "absent", repo.IsFromLogs),
    };

    public static EvidenceRecord State(RepoFacts repo) => new()
    {
        Source = EvidenceSources.State,
        Path = ArtifactPaths.State,
        Fact = repo.State.Value is { } state
            ? $"{(state.Active ? "active" : "not active")}, loop {state.CurrentLoopId}, iteration {Text(state.Iteration)}, written "
                + $"{Text(state.UpdatedAt)}"
            : Absent(repo.State, "absent", repo.IsFromLogs),
    };

    /// <summary>
    /// The process that claims or claimed the loop; without a claim, what a search for it found. Null where no search was made.
    /// </summary>
    public static EvidenceRecord? Process(RepoFacts repo, LoopFacts loop) =>
        loop.Found is { } found
            && (repo.IsActive(loop.Id) || repo.HasLost(loop))
            && (!repo.IsClaimed(loop.Id) || repo.ForeignClaim is not null)
            && (found.IsAlive || loop.Claim is null)
            ? new() { Source = EvidenceSources.Process, Path = null, Fact = found.Last.Fact, Value = StateWord(found.Last.State) }
            : loop.Claim is { } claim ? Process(claim) : null;

    public static EvidenceRecord Process(Claim claim) => new()
    {
        Source = EvidenceSources.Process,
        Path = null,
        Fact = claim.Fate?.Fact ?? string.Create(CultureInfo.InvariantCulture, $"process {claim.Pid} has not been checked yet"),
        Value = StateWord(claim.State),
    };

    private static string? StateWord(ProcessState state) => state == ProcessState.Running ? null : state.Word();

    public static EvidenceRecord Events(LoopFacts loop) => new()
    {
        Source = EvidenceSources.Events,
        Path = ArtifactPaths.Events(loop.Id),
        Line = loop.Tally.Newest is { } last && loop.Log is { IsTail: false } ? last.Line : null,
        Fact = loop.EventsCondition switch
        {
            ArtifactCondition.Missing => "required artifact missing",
            ArtifactCondition.Unreadable => loop.EventsFault ?? "cannot be read",
            _ when loop.Tally.Newest is { } newest => Newest(newest),
            _ => "no events yet",
        },
    };

    /// <param name="isFromLogs">See <see cref="RepoFacts.IsFromLogs"/>.</param>
    public static EvidenceRecord Summary(LoopFacts loop, bool isFromLogs = false) => new()
    {
        Source = EvidenceSources.Summary,
        Path = ArtifactPaths.Summary(loop.Id),
        Fact = loop.Summary.Value is { } summary
            ? summary.Last is { } last
                ? $"last entry: run {last.RunId}, iteration {Text(last.Iteration)}, {(last.CompletionOk ? "complete" : "not complete")}"
                : "no entry yet"
            : Absent(loop.Summary, "none: no iteration has ended", isFromLogs),
    };

    public static EvidenceRecord? Heartbeat(LoopFacts loop) => loop.Heartbeat.Value is not { } beat ? null : new()
    {
        Source = EvidenceSources.Heartbeat,
        Path = ArtifactPaths.Heartbeat(loop.Id),
        Fact = $"{beat.Status ?? "beat"} at {Text(beat.Timestamp)}, stage {beat.Stage}",
    };

    private static string Newest(Events.EventMoment newest)
    {
        var role = newest.Role is null ? "" : $" {newest.Role}";
        var status = newest.Status is null ? "" : $" ({newest.Status})";
        return $"newest: {newest.Name}{role}{status}, iteration {Text(newest.Iteration)}, run {newest.RunId}, at {Text(newest.At)}";
    }

    private static string Absent<T>(Artifact<T> artifact, string missing, bool isFromLogs)
        where T : class => artifact.Condition switch
        {
            ArtifactCondition.Missing when isFromLogs => "not known at this moment",
            ArtifactCondition.Missing => missing,
            ArtifactCondition.Unseen => "not read yet",
            ArtifactCondition.Torn => "being written",
            _ => artifact.Fault ?? "cannot be read",
        };

    private static string Text(DateTimeOffset? time) => time is { } value ? UtcSecondsConverter.Text(value) : "at an unknown time";

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "?";
}
