using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Control.Escalate;
using OpsManager.Control.Storage;
using OpsManager.Core.Rules.Health;
using OpsManager.Sources.Local;
using OpsManager.Sources.Storage;

namespace OpsManager.Control.Reconcile;

/// <summary>Keeps what one reconcile found, or that it failed (docs/contract.md, "Manager files"). The cursor is not kept here.</summary>
/// <param name="transport">How the loop is read: one of <see cref="Transports"/>.</param>
internal sealed class ReconcilePass(IFileSystem files, TimeProvider time, string transport, ReconcileRequest request)
{
    /// <summary>
    /// How long others may hold the lock together: each of them writes a handful of files, on a host that may be busy. Only against a
    /// holder that was stopped: one that has ended holds nothing.
    /// </summary>
    public static readonly TimeSpan LockFor = TimeSpan.FromMinutes(2);

    private readonly DateTimeOffset startedAt = time.GetUtcNow();
    private readonly long started = time.GetTimestamp();

    public ReconcileRequest Request => request;

    public ManagerFiles Kept { get; } = new(files, request.Repo, request.Loop, places: request.Places);

    public static bool IsFault(Exception error) => error is ContractException or IOException or UnauthorizedAccessException;

    /// <summary>Keeps a state with all that was found for it. Fields of those files that are none of ours stay in them.</summary>
    /// <param name="lines">The lines that the cursor was at, and is at next.</param>
    /// <returns>The state as it was kept.</returns>
    /// <exception cref="ContractException">A version that is not known here has written one of the files; none was replaced.</exception>
    public ManagerState Keep(ManagerState state, LoopReading read, (long Before, long After) lines, LoopLock held)
    {
        var heartbeat = HeartbeatReport.Create(read, transport, request.Thresholds, request.TraceId, state.GeneratedAt);
        var report = TransportReport.Succeeded(transport, TransportBefore(), request.TraceId, state.GeneratedAt);
        var (health, beat, order, link, whole) = (
            state.Health with { Unknown = Kept.Unknown(Kept.Health, ContractJson.Default.HealthRecord) },
            heartbeat with { Unknown = Kept.Unknown(Kept.Heartbeat, ContractJson.Default.ManagerHeartbeat) },
            state.Sequence with { Unknown = Kept.Unknown(Kept.Sequence, ContractJson.Default.SequenceRecord) },
            report with { Unknown = Kept.Unknown(Kept.TransportHealth, ContractJson.Default.TransportHealth) },
            state with { Unknown = Kept.Unknown(Kept.State, ContractJson.Default.ManagerState) });
        Kept.Replace(Kept.Health, health, ContractJson.Default.HealthRecord);
        Kept.Replace(Kept.Heartbeat, beat, ContractJson.Default.ManagerHeartbeat);
        Kept.Replace(Kept.Sequence, order, ContractJson.Default.SequenceRecord);
        Kept.Replace(Kept.TransportHealth, link, ContractJson.Default.TransportHealth);
        Kept.Append(Kept.HeartbeatRows, new HeartbeatRow(heartbeat), ContractJson.Default.HeartbeatRow, held);
        Kept.Append(
            Kept.SequenceRows, new SequenceRow(state.GeneratedAt, state.Sequence), ContractJson.Default.SequenceRow, held);
        Kept.Append(Kept.ReconcileRows, Row(state.Health, lines) with
        {
            EventsIngested = state.Evidence.EventsIngested,
            SequenceStatus = state.Sequence.Status,
            SequenceReasonCode = state.Sequence.ReasonCode,
            EventLineOffset = state.Cursor.EventLineOffset,
            State = state.Transition.CurrentState,
        }, ContractJson.Default.ReconcileRow, held);
        Kept.Replace(Kept.State, whole, ContractJson.Default.ManagerState);
        Escalate(held, state.Health, state.Assessment.Findings);
        return whole;
    }

    /// <summary>Keeps that the reconcile failed; state and cursor stay as they are.</summary>
    public async Task<ReconcileResult> FailedAsync(Exception error, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var code = (error as ContractException)?.Code ?? FailureCodes.ProjectionFailed;
        TransportHealth Report() => TransportReport.Failed(transport, TransportBefore(), request.TraceId, code, now);
        try
        {
            // Who has just waited for the lock in vain does not wait as long again.
            var patience = error is LockException ? TimeSpan.Zero : LockFor;
            using var held = await LoopLock.TakeAsync(files, Kept, time, cancel, patience).ConfigureAwait(false);
            var report = Report();
            var health = Health(report, error, now);
            var (found, link) = (
                health with { Unknown = Kept.Unknown(Kept.Health, ContractJson.Default.HealthRecord) },
                report with { Unknown = Kept.Unknown(Kept.TransportHealth, ContractJson.Default.TransportHealth) });
            Kept.Replace(Kept.Health, found, ContractJson.Default.HealthRecord);
            Kept.Replace(Kept.TransportHealth, link, ContractJson.Default.TransportHealth);
            var offset = Offset();
            Kept.Append(Kept.ReconcileRows, Row(health, (request.FromStart ? 0 : offset, offset)) with
            {
                FailureCode = code,
                FailureMessage = error.Message,
            }, ContractJson.Default.ReconcileRow, held);
            Escalate(held, health, []);
            return new ReconcileResult(null, health);
        }
        catch (Exception second) when (IsFault(second))
        {
            // The place for the record is what cannot be had: the record goes to the caller alone, and says so.
            var health = Health(Report(), error, now);
            return new ReconcileResult(null, health with
            {
                Error = $"{error.Message}; the failure could not be recorded: {second.Message}",
            });
        }
    }

    private HealthRecord Health(TransportHealth report, Exception error, DateTimeOffset now) => HealthReport.Create(
        new HealthFacts { FailureStreak = report.FailureStreak, FailureCode = report.LastFailureCode },
        request.Thresholds,
        HealthReading.None(transport, TryLoad(() => Kept.LoadState(Kept.State)?.CurrentState)),
        request.TraceId,
        now) with
    {
        Error = error.Message,
        FailureCode = report.LastFailureCode,
    };

    private void Escalate(LoopLock held, HealthRecord health, IReadOnlyList<FindingRecord> findings) =>
        new Escalations(files, time, request.Repo, request.Loop).Update(
            held, Escalation.From(health.Status, health.ReasonCodes, findings), request.TraceId);

    /// <summary>The streak so far. A file that cannot be read starts a new one: it is replaced by this failure's.</summary>
    private TransportHealth? TransportBefore() => TryLoad(() => Kept.Load(Kept.TransportHealth, ContractJson.Default.TransportHealth));

    /// <summary>Lines handed out, as the cursor says; 0 where it says nothing.</summary>
    private long Offset() => TryLoad(() => new CursorStore(Kept.Cursor, request.Repo, request.Loop).Load()?.EventLineOffset) ?? 0;

    private static T? TryLoad<T>(Func<T?> load)
    {
        try
        {
            return load();
        }
        catch (Exception error) when (IsFault(error))
        {
            return default;
        }
    }

    /// <summary>The row of this pass, as of one that failed.</summary>
    private ReconcileRow Row(HealthRecord health, (long Before, long After) lines) => new()
    {
        Timestamp = health.UpdatedAt,
        StartedAt = startedAt,
        LoopId = request.Loop,
        TraceId = request.TraceId,
        Transport = transport,
        Status = health.Transport!.IngestStatus,
        CursorOffsetBefore = lines.Before,
        CursorOffsetAfter = lines.After,
        EventsIngested = 0,
        MaxEvents = request.MaxEvents == int.MaxValue ? 0 : request.MaxEvents,
        FromStart = request.FromStart,
        RetryAttempts = request.RetryAttempts,
        RetryBackoffSeconds = request.RetryBackoff.TotalSeconds,
        ThresholdProfile = request.Thresholds.Profile,
        DurationSeconds = (long)time.GetElapsedTime(started).TotalSeconds,
        TransportFailureStreak = health.Metrics!.TransportFailureStreak,
        SequenceStatus = ReconcileRow.SequenceSkipped,
        HealthStatus = health.Status,
        HealthReasonCodes = health.ReasonCodes,
        EventLineOffset = null,
        State = null,
    };
}
