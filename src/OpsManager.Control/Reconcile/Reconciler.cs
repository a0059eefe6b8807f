using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Words;
using OpsManager.Control.Act;
using OpsManager.Control.Storage;
using OpsManager.Core.Events;
using OpsManager.Core.Fold;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Health;
using OpsManager.Core.Rules.Projection;
using OpsManager.Core.Rules.Sequence;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Storage;

namespace OpsManager.Control.Reconcile;

/// <summary>
/// One pass: read a loop, ingest the events behind the cursor, project, judge, and keep the result. Everything that can fail
/// happens before the first file is written, and the cursor is written last: a pass that dies half-way is done again, not skipped.
/// </summary>
public sealed class Reconciler
{
    private readonly IFileSystem files;
    private readonly TimeProvider time;
    private readonly string transport;
    private readonly Func<FoldOptions, ReadingWish, Func<string, CancellationToken, Task<LoopReading>>> reading;

    /// <param name="transport">How the loop is read: one of <see cref="Transports"/>.</param>
    /// <param name="reading">Reads a loop by its id.</param>
    public Reconciler(
        IFileSystem files, TimeProvider time, string transport,
        Func<FoldOptions, Func<string, CancellationToken, Task<LoopReading>>> reading)
        : this(files, time, transport, (fold, _) => reading(fold))
    {
    }

    private Reconciler(
        IFileSystem files, TimeProvider time, string transport,
        Func<FoldOptions, ReadingWish, Func<string, CancellationToken, Task<LoopReading>>> reading) =>
        (this.files, this.time, this.transport, this.reading) = (files, time, transport, reading);

    /// <summary>Of loops of this host, of the repository at <paramref name="repo"/>.</summary>
    public static Reconciler Local(IFileSystem files, TimeProvider time, string repo) => new(
        files, time, Transports.Local,
        (fold, wish) => (loop, cancel) => new LoopReader(files, time, fold).ReadAsync(repo, loop, wish.Known, cancel));

    /// <summary>Of loops of a sprite.</summary>
    /// <param name="reading">Reads a loop by its id; of its log no more than up to a line, where that is not null.</param>
    public static Reconciler OfSprite(
        IFileSystem files, TimeProvider time,
        Func<FoldOptions, long?, Func<string, CancellationToken, Task<LoopReading>>> reading) =>
        new(files, time, Transports.SpriteService, (fold, wish) => reading(fold, wish.UpTo));

    /// <summary>How often a log is read again because another pass has read further meanwhile.</summary>
    private const int MaxRounds = 16;

    public async Task<ReconcileResult> RunAsync(ReconcileRequest request, CancellationToken cancel = default)
    {
        var pass = new ReconcilePass(files, time, transport, request);
        try
        {
            return await PassAsync(pass, cancel).ConfigureAwait(false);
        }
        catch (Exception error) when (ReconcilePass.IsFault(error))
        {
            return await pass.FailedAsync(error, cancel).ConfigureAwait(false);
        }
    }

    private async Task<ReconcileResult> PassAsync(ReconcilePass pass, CancellationToken cancel)
    {
        var (request, kept) = (pass.Request, pass.Kept);
        var fold = FoldOptions.Default with { Thresholds = request.Thresholds };
        var cursors = new CursorStore(kept.Cursor, request.Repo, request.Loop);
        for (var round = 1; ; round++)
        {
            var known = Positions(request, kept, cursors);
            var memory = new KnownLogStore(kept, request.Loop);
            var wish = new ReadingWish(Known(memory, request, cursors, round), UpTo(request, known));
            var read = await reading(fold, wish)(request.Loop, cancel).ConfigureAwait(false);
            // What was called confirmed and is overruled by now degrades this very pass.
            await new OverruledRecorder(files, time).RecordAsync(read.Repo, read.Loop, request.Repo, cancel).ConfigureAwait(false);

            // From what is kept to what is kept next is one step, whoever else reconciles this loop.
            using var held = await LoopLock.TakeAsync(files, kept, time, cancel, ReconcilePass.LockFor).ConfigureAwait(false);
            var now = Positions(request, kept, cursors);
            if (now == known || (read.Log.Skipped == 0 && (now.Furthest <= read.Lines || round == MaxRounds)))
            {
                return Step(pass, cursors, read, memory, held);
            }

            // Another pass has read further than this one meanwhile: what was read is out of date, and nothing has gone back.
        }
    }

    /// <summary>The last line that may be ingested; null where all may be.</summary>
    private static long? UpTo(ReconcileRequest request, Position known) => request.MaxEvents == int.MaxValue
        ? null
        : (request.FromStart ? 0 : known.Offset ?? 0) + request.MaxEvents;

    /// <summary>
    /// What is known of the log; null where all of it is to be read. A decision that may have been overruled is looked for in all of it,
    /// and whoever was outrun by another pass trusts nothing that was kept.
    /// </summary>
    private KnownLog? Known(KnownLogStore memory, ReconcileRequest request, CursorStore cursors, int round) =>
        transport != Transports.Local || request.FromStart || round > 1
            || new OverruledRecorder(files, time).HasOpen(request.Repo, request.Loop)
            ? null
            : memory.Load(cursors.Load());

    /// <summary>How far the loop had been read, by the files that say so.</summary>
    private static Position Positions(ReconcileRequest request, ManagerFiles kept, CursorStore cursors)
    {
        var cursor = request.FromStart ? cursors.LoadForComparison() : cursors.Load();
        return new(
            cursor?.EventLineOffset, cursor?.EventLineCount, kept.LoadSequence()?.Snapshot.Current,
            StateBefore(request, kept)?.EventLineOffset);
    }

    /// <summary>Reads what is kept, judges, and writes; the cursor last. The loop's lock is held.</summary>
    private ReconcileResult Step(
        ReconcilePass pass, CursorStore cursors, LoopReading read, KnownLogStore memory, LoopLock held)
    {
        var (request, kept) = (pass.Request, pass.Kept);
        var log = new ReadLog(read, isCopy: transport != Transports.Local);
        var cursorBefore = request.FromStart ? cursors.LoadForComparison() : cursors.Load();
        if (cursorBefore is not null && !request.FromStart)
        {
            log.CheckContinues(cursorBefore);
        }

        var stateBefore = StateBefore(request, kept);
        var offset = request.FromStart ? 0 : cursorBefore?.EventLineOffset ?? 0;
        var end = EventEnvelopes.Check(read, offset, request.MaxEvents);
        var print = log.Fingerprint(end);
        var digest = memory.Digest(read);
        var snapshot = SnapshotBuilder.Build(read, request.TraceId, () => digest);
        var ingested = Ingest(read, offset, end);
        var isReplaced = request.FromStart && cursorBefore is not null && !log.Continues(cursorBefore);
        var now = time.GetUtcNow();
        var sequence = Sequence(pass, snapshot.Sequence.Value, ingested, isReplaced, (cursorBefore?.EventLineOffset, end), now);
        var facts = new HealthFacts
        {
            OrderingDrift = sequence.DriftActive,
            NewestIntentStatus = kept.LastRow(kept.Intents)?.Text("status"),
            Lags = Lags.From(read.Loop, read.Loop.Projected.Status, now),
        };
        var state = StateProjector.Project(new ProjectionInput
        {
            Snapshot = snapshot,
            Events = ingested,
            Before = stateBefore,
            FromStart = request.FromStart,
            LogReplaced = isReplaced,
            Assessment = Assessor.Record(read.Repo, read.Loop, read.Loop.Verdict),
            Sequence = sequence,
            TraceId = request.TraceId,
            Now = now,
            Health = flags => HealthReport.Create(
                facts with { Divergence = flags.Any }, request.Thresholds, HealthReading.From(transport, snapshot, sequence),
                request.TraceId, now),
        });
        state = state with { Trace = state.Trace with { ReconcileTraceId = request.TraceId } };
        state = pass.Keep(state, read, (offset, end), held);
        if (transport == Transports.Local && end == read.Lines)
        {
            memory.Keep(read, digest, now);
        }

        cursors.Save(cursors.At(end, read.Lines, now, print), request.FromStart);
        return new ReconcileResult(state, state.Health);
    }

    /// <summary>Judges whether snapshots and events came in order since the pass before.</summary>
    /// <param name="isReplaced">The log is another one than the cursor's.</param>
    /// <param name="moved">The lines that the cursor was at, and is at next.</param>
    private SequenceRecord Sequence(
        ReconcilePass pass, long? snapshot, IngestedEvents ingested, bool isReplaced, (long? Before, long After) moved, DateTimeOffset now)
    {
        var (request, kept) = (pass.Request, pass.Kept);
        // The usual one by its place in the repository, which may be at another path next time.
        var cursorFile = request.Places?.ContainsKey(FileNames.Cursor) == true ? kept.Cursor.ToString() : kept.Cursor.Path;
        var before = SequenceRule.Finished(kept.LoadSequence(), cursorFile, moved.Before);
        return SequenceRule.Judge(before, snapshot, ingested, request.FromStart && !isReplaced) with
        {
            SchemaVersion = ContractVersion.V1,
            UpdatedAt = now,
            LoopId = request.Loop,
            TraceId = request.TraceId,
            Transport = transport,
            Cursor = new SequenceCursor { File = cursorFile, Before = moved.Before, After = moved.After },
        };
    }

    private static KeptState? StateBefore(ReconcileRequest request, ManagerFiles kept)
    {
        try
        {
            return kept.LoadState(kept.State);
        }
        catch (ContractException error) when (request.FromStart && error is not UnknownVersionException)
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

    /// <summary>How much of a log is read.</summary>
    private readonly record struct ReadingWish(KnownLog? Known, long? UpTo);

    /// <summary>How far a loop had been read, in lines, by the files that say so.</summary>
    private readonly record struct Position(long? Offset, long? Count, long? Snapshot, long? State)
    {
        public long Furthest => Math.Max(Math.Max(Offset ?? 0, Count ?? 0), Math.Max(Snapshot ?? 0, State ?? 0));
    }
}
