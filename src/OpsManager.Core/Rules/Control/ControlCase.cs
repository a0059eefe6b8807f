using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;

namespace OpsManager.Core.Rules.Control;

/// <summary>One intent from its start to what is known of it now: all rows of telemetry/control.jsonl with its key, folded.</summary>
public sealed record ControlCase
{
    public required string Key { get; init; }

    public required string Intent { get; init; }

    public string? TraceId { get; init; }

    public string? By { get; init; }

    public string? Note { get; init; }

    public string? Command { get; init; }

    public ControlAim? Aim { get; init; }

    public double? TimeoutSeconds { get; init; }

    /// <summary>How it was sent: one of <see cref="Transports"/>.</summary>
    public string Transport { get; init; } = Transports.Local;

    /// <summary>When the command was about to be started; null where it never was.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the command had ended; null before.</summary>
    public DateTimeOffset? ExecutedAt { get; init; }

    public int? ExitCode { get; init; }

    public string? Output { get; init; }

    /// <summary>When the first outcome was recorded; null while it is being verified.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When the newest outcome was recorded.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>The word; null while nothing is known, and where the result was not verified, on request.</summary>
    public string? Outcome { get; init; }

    public string? Why { get; init; }

    public IReadOnlyList<EvidenceRecord> Evidence { get; init; } = [];

    public Acknowledgement? Acknowledgement { get; init; }

    /// <summary>Its result is still being verified, or the manager that verified it has exited.</summary>
    public bool IsPending => FinishedAt is null;

    public bool IsSuccess => ControlRow.IsSuccess(Outcome);

    /// <summary>Refused, contradicted or unknown, and not acknowledged.</summary>
    public bool NeedsReview => !IsPending && Outcome is not null && !IsSuccess && Acknowledgement is null;

    /// <summary>It is contradicted by what is in force now, and no row says so yet.</summary>
    public bool IsUnrecorded { get; init; }

    /// <summary>
    /// More may be seen of it: it was sent, and the last step was not reached. A decision may be overruled, and decided again, until
    /// a run consumes it.
    /// </summary>
    public bool MayChange => StartedAt is not null && Aim is not null && (Outcome, Intent) switch
    {
        (OutcomeWords.Completed, _) => false,
        (OutcomeWords.Consumed, IntentWords.Reject) => false,
        (OutcomeWords.Contradicted or OutcomeWords.Observed, IntentWords.Cancel) => false,
        (null, _) => IsPending,
        _ => true,
    };

    /// <summary>This case with one more row.</summary>
    public ControlCase With(ControlRow row) => row.Phase switch
    {
        ControlRow.Started => this with
        {
            StartedAt = StartedAt ?? row.Timestamp,
            Note = row.Note,
            Command = row.Command,
            Aim = row.Aim,
            TimeoutSeconds = row.TimeoutSeconds,
            Transport = row.Transport ?? Transports.Local,
        },
        ControlRow.Executed => this with { ExecutedAt = row.Timestamp, ExitCode = row.ExitCode, Output = row.Output },
        ControlRow.Finished when FinishedAt is null =>
            Told(row) with { FinishedAt = row.Timestamp, Command = Command ?? row.Command, Note = Note ?? row.Note, Aim = Aim ?? row.Aim },
        ControlRow.Finished or ControlRow.Late => Told(row),
        ControlRow.Acknowledged => this with { Acknowledgement = row.Acknowledgement },
        _ => this,
    };

    /// <summary>This case as it is shown while the decision of somebody else is in force instead.</summary>
    internal ControlCase OverruledBy(Outcome.Contradicted other, DateTimeOffset at) =>
        this with
        {
            IsUnrecorded = true,
            ToldAt = at,
            Outcome = other.Word,
            Why = other.Why,
            Evidence = [.. other.Evidence.Select(static evidence => evidence.Record)],
        };

    /// <summary>Several managers may have verified it: the row that says the most counts, in any order.</summary>
    private ControlCase Told(ControlRow row) => FinishedAt is null && Outcome is null || Outcomes.IsMore(row.Outcome, Outcome, Intent)
        ? this with
        {
            ToldAt = row.Timestamp,
            Outcome = row.Outcome,
            Why = row.Why,
            Evidence = row.Evidence,
            // What was acknowledged is over with a success: what speaks against that later is news.
            Acknowledgement = ControlRow.IsSuccess(row.Outcome) ? null : Acknowledgement,
        }
        : this;
}
