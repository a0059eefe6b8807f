using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Words;
using OpsManager.Control.Reconcile;
using OpsManager.Control.Storage;
using OpsManager.Core.Events;
using OpsManager.Core.Fold;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Health;
using OpsManager.Core.Rules.Projection;
using OpsManager.Core.Rules.Sequence;
using OpsManager.Sources.Local;

namespace OpsManager.Verbs;

/// <summary>
/// <c>project</c>: projects a snapshot and events, from files or from the loop as it is, and prints the manager's state. Writes
/// nothing.
/// </summary>
internal static class ProjectVerb
{
    public static Command Command(VerbContext context)
    {
        Option<string?> repo = CommonOptions.Repo(),
            snapshotFile = new(FlagNames.SnapshotFile) { Description = "Snapshot envelope. Default: one of the loop as it is now." },
            eventsFile = new(FlagNames.EventsFile)
            {
                Description = "Event envelopes as JSON lines. Default: the loop's own, or none with --snapshot-file."
            },
            stateFile = new(FlagNames.StateFile) { Description = "The earlier manager state, for the transition and the cursor." };
        var loop = CommonOptions.Loop();
        var pretty = CommonOptions.Pretty();
        return new Command("project", "Project a snapshot and events to the manager's state and print it.")
        {
            repo,
            loop,
            snapshotFile,
            eventsFile,
            stateFile,
            pretty
        }.Does(async (args, output, cancel) =>
        {
            var (path, id) = (context.Repo(args.GetValue(repo)), args.GetRequiredValue(loop));
            var kept = new ManagerFiles(context.Files, path, id);
            var before = args.GetValue(stateFile) is { } file ? kept.LoadState(kept.Named(file)) : null;
            var subject = args.GetValue(snapshotFile) is { } snapshot
                ? FromFiles(context, snapshot, args.GetValue(eventsFile), id)
                : await FromLoopAsync(context, path, id, args.GetValue(eventsFile), cancel).ConfigureAwait(false);
            var state = Project(context, subject, before);
            await output
                .WriteLineAsync(ContractJson.Write(state, ContractJson.Default.ManagerState, args.GetValue(pretty)))
                .ConfigureAwait(false);
            return ExitCodes.Ok;
        });
    }

    private static ManagerState Project(VerbContext context, Subject subject, KeptState? before)
    {
        var now = context.Time.GetUtcNow();
        var sequenceBefore = before?.Part("sequence", ContractJson.Default.SequenceRecord);
        var sequence = SequenceRule.Judge(sequenceBefore, subject.Snapshot.Sequence.Value, subject.Events, fromStart: false);
        return StateProjector.Project(new ProjectionInput
        {
            Snapshot = subject.Snapshot,
            Events = subject.Events,
            Before = before,
            Assessment = subject.Assessment,
            Sequence = sequence,
            TraceId = subject.Snapshot.TraceId,
            Now = now,
            Health = flags => HealthReport.Create(
                new HealthFacts { Divergence = flags.Any, OrderingDrift = sequence.DriftActive, Lags = subject.Lags(now) },
                HealthThresholds.Balanced,
                subject.Snapshot.TraceId,
                now),
        });
    }

    private static Subject FromFiles(VerbContext context, string snapshotFile, string? eventsFile, string loop)
    {
        var envelopes = new EnvelopeFile(context.Files);
        var snapshot = envelopes.Snapshot(snapshotFile, loop);
        var (ingested, log) = Ingest(eventsFile is null ? [] : envelopes.Events(eventsFile, loop));
        var (repo, model) = SnapshotModel.From(snapshot, log, FoldOptions.Default, context.Time.GetUtcNow());
        return new Subject(
            snapshot, ingested, Assessor.Record(repo, model, model.Verdict), now => Lags.From(model, model.Projected.Status, now));
    }

    private static async Task<Subject> FromLoopAsync(
        VerbContext context, string repo, string loop, string? eventsFile, CancellationToken cancel)
    {
        var reading =
            await new LoopReader(context.Files, context.Time, FoldOptions.Default).ReadAsync(repo, loop, cancel).ConfigureAwait(false);
        var snapshot = SnapshotBuilder.Build(reading, context.TraceId(null));
        var events = eventsFile is null
            ? EventEnvelopes.Read(reading, 0, EventEnvelopes.Check(reading, 0, int.MaxValue), snapshot.TraceId)
            : new EnvelopeFile(context.Files).Events(eventsFile, loop);
        var loopRead = reading.Loop;
        return new Subject(
            snapshot,
            Ingest(events).Ingested,
            Assessor.Record(reading.Repo, loopRead, loopRead.Verdict),
            now => Lags.From(loopRead, loopRead.Projected.Status, now));
    }

    private static (IngestedEvents Ingested, EventLog Log) Ingest(IEnumerable<EventEnvelope> envelopes)
    {
        var ingested = new IngestedEvents();
        var log = new EventLog(isTail: true);
        foreach (var envelope in envelopes)
        {
            ingested.Add(
                envelope.Sequence.Value,
                new NewestEvent { Line = envelope.Sequence.Value, Name = envelope.Event.Name, Timestamp = envelope.Event.Timestamp });
            SnapshotModel.Add(log, envelope);
        }

        return (ingested, log);
    }

    /// <summary>What is projected: read from files, or from the loop as it is.</summary>
    private sealed record Subject(
        SnapshotEnvelope Snapshot, IngestedEvents Events, AssessmentRecord Assessment, Func<DateTimeOffset, Lags> Lags);
}
