using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract;
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
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;

namespace OpsManager.Verbs;

/// <summary>
/// <c>project</c>: projects a snapshot and events, from files or from the loop as it is, and prints the manager's state. Writes it to
/// the file that it took the earlier state from, and nothing else.
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
            stateFile = new(FlagNames.StateFile)
            {
                Description = "The earlier manager state, for the transition and the cursor; it is replaced by the result."
            };
        var loop = CommonOptions.Loop();
        var document = new DocumentOutput();
        var command = new Command("project", "Project a snapshot and events to the manager's state and print it.")
        {
            repo,
            loop,
            snapshotFile,
            eventsFile,
            stateFile,
        };
        document.AddTo(command);
        return command.Does(async (args, _, cancel) =>
        {
            var snapshot = args.GetValue(snapshotFile);
            var id = ArtifactPaths.CheckedLoopId(args.GetRequiredValue(loop));
            // A fault of what was given comes before a fault of what is there, or is not.
            var given = args.GetValue(eventsFile) is { } events ? Ingest(new EnvelopeFile(context.Files).Events(events, id)) : null;
            var path = snapshot is null ? context.Repo(args.GetValue(repo)) : context.Place(args.GetValue(repo));
            var kept = new ManagerFiles(context.Files, path, id);
            var file = args.GetValue(stateFile) is { } named ? kept.Named(named) : (GuardedPath?)null;
            var before = file is { } earlier ? kept.LoadState(earlier) : null;
            var subject = snapshot is not null
                ? FromFiles(context, snapshot, given, id)
                : await FromLoopAsync(context, path, id, given, cancel).ConfigureAwait(false);
            var state = Project(context, subject, before);
            if (file is { } place)
            {
                state = state with { Unknown = kept.Unknown(place, ContractJson.Default.ManagerState) };
                kept.Replace(place, state, ContractJson.Default.ManagerState);
            }

            await document.WriteAsync(
                args, context, pretty => ContractJson.Write(state, ContractJson.Default.ManagerState, pretty),
                () => StateText.Rows(state)).ConfigureAwait(false);
            return ExitCodes.Ok;
        });
    }

    private static ManagerState Project(VerbContext context, Subject subject, KeptState? before)
    {
        var now = context.Time.GetUtcNow();
        var sequence = SequenceRule.Judge(before?.Sequence, subject.Snapshot.Sequence.Value, subject.Events, fromStart: false) with
        {
            SchemaVersion = ContractVersion.V1,
            UpdatedAt = now,
            LoopId = subject.Snapshot.Source.LoopId,
            TraceId = subject.Snapshot.TraceId,
        };
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
                HealthReading.From(Transports.Local, subject.Snapshot, sequence),
                subject.Snapshot.TraceId,
                now),
        });
    }

    private static Subject FromFiles(VerbContext context, string snapshotFile, Ingested? given, string loop)
    {
        var snapshot = new EnvelopeFile(context.Files).Snapshot(snapshotFile, loop);
        var (ingested, log) = given ?? Ingest([]);
        var (repo, model) = SnapshotModel.From(snapshot, log, FoldOptions.Default, context.Time.GetUtcNow());
        return new Subject(
            snapshot, ingested, Assessor.Record(repo, model, model.Verdict), now => Lags.From(model, model.Projected.Status, now));
    }

    private static async Task<Subject> FromLoopAsync(
        VerbContext context, string repo, string loop, Ingested? given, CancellationToken cancel)
    {
        var reading =
            await new LoopReader(context.Files, context.Time, FoldOptions.Default).ReadAsync(repo, loop, cancel).ConfigureAwait(false);
        var snapshot = SnapshotBuilder.Build(reading, context.TraceId(null));
        var events = given
            ?? Ingest(EventEnvelopes.Read(reading, 0, EventEnvelopes.Check(reading, 0, int.MaxValue), snapshot.TraceId));
        var loopRead = reading.Loop;
        return new Subject(
            snapshot,
            events.Events,
            Assessor.Record(reading.Repo, loopRead, loopRead.Verdict),
            now => Lags.From(loopRead, loopRead.Projected.Status, now));
    }

    private static Ingested Ingest(IEnumerable<EventEnvelope> envelopes)
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

        return new Ingested(ingested, log);
    }

    /// <summary>Events that were read, and the index of them.</summary>
    private sealed record Ingested(IngestedEvents Events, EventLog Log);

    /// <summary>What is projected: read from files, or from the loop as it is.</summary>
    private sealed record Subject(
        SnapshotEnvelope Snapshot, IngestedEvents Events, AssessmentRecord Assessment, Func<DateTimeOffset, Lags> Lags);
}
