using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Control.Act;
using OpsManager.Control.Escalate;
using OpsManager.Control.Storage;
using OpsManager.Core.Events;
using OpsManager.Core.Fold;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Health;
using OpsManager.Core.Rules.Projection;
using OpsManager.Core.Rules.Sequence;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;
using OpsManager.Sources.Storage;

namespace OpsManager.Control.Reconcile;

/// <summary>
/// One pass: read a loop, ingest the events behind the cursor, project, judge, and keep the result. Everything that can fail
/// happens before the first file is written, and the cursor is written last: a pass that dies half-way is done again, not skipped.
/// </summary>
/// <param name="transport">How the loop is read: one of <see cref="Transports"/>.</param>
/// <param name="reading">Reads a loop by its id.</param>
public sealed class Reconciler(
    IFileSystem files, TimeProvider time, string transport, Func<FoldOptions, Func<string, CancellationToken, Task<LoopReading>>> reading)
{
    /// <summary>Of loops of this host, of the repository at <paramref name="repo"/>.</summary>
    public static Reconciler Local(IFileSystem files, TimeProvider time, string repo) =>
        new(files, time, Transports.Local, fold => (loop, cancel) => new LoopReader(files, time, fold).ReadAsync(repo, loop, cancel));

    /// <summary>
    /// How long others may hold the lock together: each of them writes a handful of files, on a host that may be busy. Only against a
    /// holder that was stopped: one that has ended holds nothing.
    /// </summary>
    private static readonly TimeSpan LockFor = TimeSpan.FromMinutes(2);

    /// <summary>How often a log is read again because another pass has read further meanwhile.</summary>
    private const int MaxRounds = 16;

    public async Task<ReconcileResult> RunAsync(ReconcileRequest request, CancellationToken cancel = default)
    {
        var kept = new ManagerFiles(files, request.Repo, request.Loop);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await PassAsync(request, kept, attempt, cancel).ConfigureAwait(false);
            }
            catch (Exception error) when (IsFault(error) && attempt <= request.RetryAttempts)
            {
                await Task.Delay(request.RetryBackoff * attempt, time, cancel).ConfigureAwait(false);
            }
            catch (Exception error) when (IsFault(error))
            {
                return await FailedAsync(request, kept, attempt, error, cancel).ConfigureAwait(false);
            }
        }
    }

    private static bool IsFault(Exception error) => error is ContractException or IOException or UnauthorizedAccessException;

    private async Task<ReconcileResult> PassAsync(ReconcileRequest request, ManagerFiles kept, int attempt, CancellationToken cancel)
    {
        var fold = FoldOptions.Default with { Thresholds = request.Thresholds };
        var cursors = new CursorStore(request.CursorFile is { } named ? kept.Named(named) : kept.Cursor, request.Repo, request.Loop);
        for (var round = 1; ; round++)
        {
            var known = Positions(request, kept, cursors);
            var read = await reading(fold)(request.Loop, cancel).ConfigureAwait(false);
            // What was called confirmed and is overruled by now degrades this very pass.
            await new OverruledRecorder(files, time).RecordAsync(read.Repo, read.Loop, request.Repo, cancel).ConfigureAwait(false);

            // From what is kept to what is kept next is one step, whoever else reconciles this loop.
            using var held = await LoopLock.TakeAsync(files, kept, time, cancel, LockFor).ConfigureAwait(false);
            var now = Positions(request, kept, cursors);
            if (now == known || now.Furthest <= read.Lines || round == MaxRounds)
            {
                return Step(request, kept, cursors, read, attempt, held);
            }

            // Another pass has read further than this one meanwhile: what was read is out of date, and nothing has gone back.
        }
    }

    /// <summary>How far the loop had been read, by the files that say so.</summary>
    private static Position Positions(ReconcileRequest request, ManagerFiles kept, CursorStore cursors)
    {
        var cursor = request.FromStart ? cursors.LoadForComparison() : cursors.Load();
        var snapshot = kept.Load(kept.Sequence, ContractJson.Default.SequenceRecord)?.Snapshot.Current;
        return new(cursor?.EventLineOffset, cursor?.EventLineCount, snapshot);
    }

    /// <summary>Reads what is kept, judges, and writes; the cursor last. The loop's lock is held.</summary>
    private ReconcileResult Step(
        ReconcileRequest request, ManagerFiles kept, CursorStore cursors, LoopReading read, int attempt, LoopLock held)
    {
        var log = new ReadLog(read, isCopy: transport != Transports.Local);
        var cursorBefore = request.FromStart ? cursors.LoadForComparison() : cursors.Load();
        if (cursorBefore is not null && !request.FromStart)
        {
            log.CheckContinues(cursorBefore);
        }

        var stateFile = request.StateFile is { } file ? kept.Named(file) : kept.State;
        var stateBefore = StateBefore(request, kept, stateFile);
        var offset = request.FromStart ? 0 : cursorBefore?.EventLineOffset ?? 0;
        var end = EventEnvelopes.Check(read, offset, request.MaxEvents);
        var print = log.Fingerprint(end);
        var snapshot = SnapshotBuilder.Build(read, request.TraceId);
        var ingested = Ingest(read, offset, end);
        // The usual one by its place in the repository, which may be at another path next time.
        var cursorFile = request.CursorFile is null ? kept.Cursor.Path : cursors.ToString();
        var sequenceBefore = SequenceRule.Finished(
            kept.Load(kept.Sequence, ContractJson.Default.SequenceRecord), cursorFile, cursorBefore?.EventLineOffset);
        var sequence = SequenceRule.Judge(sequenceBefore, snapshot.Sequence.Value, ingested, request.FromStart) with
        {
            Cursor = new SequenceCursor { File = cursorFile, Before = cursorBefore?.EventLineOffset, After = end },
        };
        var now = time.GetUtcNow();
        var state = StateProjector.Project(new ProjectionInput
        {
            Snapshot = snapshot,
            Events = ingested,
            Before = stateBefore,
            FromStart = request.FromStart,
            LogReplaced = request.FromStart && cursorBefore is not null && !log.Continues(cursorBefore),
            Assessment = Assessor.Record(read.Repo, read.Loop, read.Loop.Verdict),
            Sequence = sequence,
            TraceId = request.TraceId,
            Now = now,
            Health = flags => HealthReport.Create(
                new HealthFacts
                {
                    Divergence = flags.Any,
                    OrderingDrift = sequence.DriftActive,
                    NewestIntentStatus = kept.LastRow(kept.Intents)?.Text("status"),
                    Lags = Lags.From(read.Loop, read.Loop.Projected.Status, now),
                },
                request.Thresholds,
                request.TraceId,
                now),
        });
        Keep(request, kept, stateFile, state, read, attempt, held);
        Escalate(request, held, state.Health, state.Assessment.Findings);
        cursors.Save(cursors.At(end, read.Lines, now, print), request.FromStart);
        return new ReconcileResult(state, state.Health);
    }

    private static KeptState? StateBefore(ReconcileRequest request, ManagerFiles kept, GuardedPath stateFile)
    {
        try
        {
            return kept.LoadState(stateFile);
        }
        catch (ContractException) when (request.FromStart)
        {
            // Reading over from the start is how one that cannot be used is left behind.
            return null;
        }
    }

    private static IngestedEvents Ingest(LoopReading reading, long offset, int end)
    {
        var ingested = new IngestedEvents();
        var last = end;
        while (last > offset && !reading.Log[last - 1].IsEvent)
        {
            last--;
        }

        for (var line = offset + 1; line <= last; line++)
        {
            if (reading.Log[(int)line - 1].IsEvent)
            {
                // Of all events only the newest is named, so only that one is put into words.
                ingested.Add(line, line == last ? Named(reading.Log.Moment(last - 1)) : null);
            }
        }

        return ingested;
    }

    private static NewestEvent Named(EventMoment moment) =>
        new() { Line = moment.Line, Name = moment.Name, Timestamp = moment.At is { } at ? UtcSecondsConverter.Text(at) : "" };

    private void Keep(
        ReconcileRequest request, ManagerFiles kept, GuardedPath stateFile, ManagerState state, LoopReading reading, int attempt,
        LoopLock held)
    {
        var heartbeat = HeartbeatReport.Create(reading, request.Thresholds, request.TraceId, state.GeneratedAt);
        kept.Replace(kept.Health, state.Health, ContractJson.Default.HealthRecord);
        kept.Replace(kept.Heartbeat, heartbeat, ContractJson.Default.ManagerHeartbeat);
        kept.Replace(kept.Sequence, state.Sequence, ContractJson.Default.SequenceRecord);
        kept.Replace(kept.TransportHealth, TransportReport.Succeeded(transport, state.GeneratedAt), ContractJson.Default.TransportHealth);
        kept.Append(kept.HeartbeatRows, heartbeat, ContractJson.Default.ManagerHeartbeat, held);
        kept.Append(kept.SequenceRows, state.Sequence, ContractJson.Default.SequenceRecord, held);
        kept.Append(kept.ReconcileRows, Row(request, attempt, state.Health) with
        {
            Status = "success",
            EventsIngested = state.Evidence.EventsIngested,
            EventLineOffset = state.Cursor.EventLineOffset,
            State = state.Transition.CurrentState,
        }, ContractJson.Default.ReconcileRow, held);
        kept.Replace(stateFile, state, ContractJson.Default.ManagerState);
    }

    private async Task<ReconcileResult> FailedAsync(
        ReconcileRequest request, ManagerFiles kept, int attempt, Exception error, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var code = (error as ContractException)?.Code ?? FailureCodes.ProjectionFailed;
        TransportHealth Unkept() => TransportReport.Failed(transport, TransportBefore(kept), code, now);

        // A loop that is not there gets no directory of ours either.
        if (transport == Transports.Local && !kept.LoopExists)
        {
            return new ReconcileResult(null, Health(request, Unkept(), error, now));
        }

        try
        {
            // Who has just waited for the lock in vain does not wait as long again.
            var patience = error is LockException ? TimeSpan.Zero : LockFor;
            using var held = await LoopLock.TakeAsync(files, kept, time, cancel, patience).ConfigureAwait(false);
            var report = TransportReport.Failed(transport, TransportBefore(kept), code, now);
            var health = Health(request, report, error, now);
            kept.Replace(kept.Health, health, ContractJson.Default.HealthRecord);
            kept.Replace(kept.TransportHealth, report, ContractJson.Default.TransportHealth);
            var row = Row(request, attempt, health) with { FailureCode = code, Error = error.Message };
            kept.Append(kept.ReconcileRows, row, ContractJson.Default.ReconcileRow, held);
            Escalate(request, held, health, []);
            return new ReconcileResult(null, health);
        }
        catch (Exception second) when (IsFault(second))
        {
            // The place for the record is what cannot be had: the record goes to the caller alone, and says so.
            var health = Health(request, Unkept(), error, now);
            return new ReconcileResult(null, health with
            {
                Error = $"{error.Message}; the failure could not be recorded: {second.Message}",
            });
        }
    }

    private static HealthRecord Health(ReconcileRequest request, TransportHealth report, Exception error, DateTimeOffset now) =>
        HealthReport.Create(
            new HealthFacts { FailureStreak = report.FailureStreak, FailureCode = report.LastFailureCode },
            request.Thresholds,
            request.TraceId,
            now) with
        {
            Error = error.Message,
            FailureCode = report.LastFailureCode,
        };

    private void Escalate(ReconcileRequest request, LoopLock held, HealthRecord health, IReadOnlyList<FindingRecord> findings) =>
        new Escalations(files, time, request.Repo, request.Loop).Update(
            held, Escalation.From(health.Status, health.ReasonCodes, findings), request.TraceId);

    /// <summary>The streak so far. A file that cannot be read starts a new one: it is replaced by this failure's.</summary>
    private static TransportHealth? TransportBefore(ManagerFiles kept)
    {
        try
        {
            return kept.Load(kept.TransportHealth, ContractJson.Default.TransportHealth);
        }
        catch (Exception error) when (IsFault(error))
        {
            return null;
        }
    }

    private ReconcileRow Row(ReconcileRequest request, int attempt, HealthRecord health) => new()
    {
        Timestamp = health.UpdatedAt,
        LoopId = request.Loop,
        TraceId = request.TraceId,
        Transport = transport,
        Status = "failed",
        Attempts = attempt,
        EventsIngested = 0,
        EventLineOffset = null,
        State = null,
        Health = health.Status,
    };

    /// <summary>How far a loop had been read, in lines, by the files that say so.</summary>
    private readonly record struct Position(long? Offset, long? Count, long? Snapshot)
    {
        public long Furthest => Math.Max(Math.Max(Offset ?? 0, Count ?? 0), Snapshot ?? 0);
    }
}
