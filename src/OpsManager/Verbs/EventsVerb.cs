using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Core.Fold;
using OpsManager.Sources.Local;
using OpsManager.Sources.Storage;

namespace OpsManager.Verbs;

/// <summary><c>events</c>: prints the event envelopes behind the cursor as JSON lines, then moves the cursor.</summary>
public static class EventsVerb
{
    public static Command Command(VerbContext context)
    {
        Option<string?> repo = CommonOptions.Repo(), trace = CommonOptions.TraceId(), cursorFile = CommonOptions.CursorFile(ArtifactPaths.EventsCursor("LOOP"));
        var loop = CommonOptions.Loop();
        var fromStart = CommonOptions.FromStart();
        var max = CommonOptions.MaxEvents();
        return new Command("events", "Print event envelopes behind the cursor as JSON lines.") { repo, loop, cursorFile, fromStart, max, trace }.Does(async (args, output, cancel) =>
        {
            var (path, id) = (context.Repo(args.GetValue(repo)), args.GetRequiredValue(loop));
            var reading = await new LoopReader(context.Files, context.Time, FoldOptions.Default).ReadAsync(path, id, cancel).ConfigureAwait(false);
            var cursors = new CursorStore(context.Files, args.GetValue(cursorFile) ?? context.Files.Path.Combine(path, ArtifactPaths.EventsCursor(id)), path, id);
            var before = args.GetValue(fromStart) ? null : cursors.Load();
            var offset = before?.EventLineOffset ?? 0;
            var end = EventEnvelopes.Check(reading, offset, args.GetValue(max) ?? int.MaxValue);
            foreach (var envelope in EventEnvelopes.Read(reading, offset, end, context.TraceId(args.GetValue(trace))))
            {
                await output.WriteLineAsync(ContractJson.Write(envelope, ContractJson.Default.EventEnvelope)).ConfigureAwait(false);
            }

            // Only what was handed over moves the cursor: a reader that closed the pipe gets the same lines again.
            await output.FlushAsync(cancel).ConfigureAwait(false);
            cursors.Save(cursors.At(end, reading.Lines, context.Time.GetUtcNow()), before, args.GetValue(fromStart));
            return ExitCodes.Ok;
        });
    }
}
