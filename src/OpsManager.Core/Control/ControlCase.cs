using OpsManager.Contract;
using OpsManager.Contract.Manager;

namespace OpsManager.Core.Control;

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

    /// <summary>When an outcome was told first; null while it is looked for.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When the newest outcome was told.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>The word; null while nothing is known, and where nobody looked, on request.</summary>
    public string? Outcome { get; init; }

    public string? Why { get; init; }

    public IReadOnlyList<EvidenceRecord> Evidence { get; init; } = [];

    public Acknowledgement? Acknowledgement { get; init; }

    /// <summary>Its effect is still being looked for, or whoever looked has ended.</summary>
    public bool IsPending => FinishedAt is null;

    public bool IsSuccess => ControlRow.IsSuccess(Outcome);

    /// <summary>Refused, contradicted or unknown, and nobody has said that they have seen it.</summary>
    public bool NeedsReview => !IsPending && Outcome is not null && !IsSuccess && Acknowledgement is null;

    /// <summary>More may be seen of it: it was sent, and the last rung was not reached, nor something else instead.</summary>
    public bool MayChange => StartedAt is not null && Aim is not null && (Outcome, Intent) switch
    {
        ("contradicted" or "completed", _) => false,
        ("consumed", "reject") => false,
        ("observed", "cancel") => false,
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
        ControlRow.Finished when FinishedAt is null => Told(row) with { FinishedAt = row.Timestamp, Command = Command ?? row.Command, Note = Note ?? row.Note, Aim = Aim ?? row.Aim },
        // Two managers may have looked: a success that was told stays told.
        ControlRow.Finished or ControlRow.Late => Outcomes.IsMore(row.Outcome, Outcome) ? Told(row) : this,
        ControlRow.Acknowledged => this with { Acknowledgement = row.Acknowledgement },
        _ => this,
    };

    private ControlCase Told(ControlRow row) => this with { ToldAt = row.Timestamp, Outcome = row.Outcome, Why = row.Why, Evidence = row.Evidence };
}
