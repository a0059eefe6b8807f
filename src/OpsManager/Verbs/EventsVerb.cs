using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Core.Fold;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;
using OpsManager.Sources.Storage;

namespace OpsManager.Verbs;

/// <summary><c>events</c>: prints the event envelopes behind the cursor as JSON lines, then moves the cursor.</summary>
internal static class EventsVerb
{
    public static Command Command(VerbContext context)
    {
        Option<string?> repo = CommonOptions.Repo(), trace = CommonOptions.TraceId(), cursorFile = CommonOptions.CursorFile(
            ArtifactPaths.EventsCursor("LOOP"));
        var loop = CommonOptions.Loop();
        var fromStart = CommonOptions.FromStart();
        var max = CommonOptions.MaxEvents();
        var cursor = CommonOptions.AtLeast(
            new Option<long?>(FlagNames.Cursor) { Description = "Read after this line; no cursor file is read or written." }, 0);
        var command = new Command(
            VerbNames.Events,
            "Print the event envelopes after the cursor as JSON lines.") { repo, loop, cursor, cursorFile, fromStart, max, trace };
        command.Validators.Add(given =>
        {
            if (given.GetResult(cursor) is not null
                && (given.GetResult(cursorFile) is not null || given.GetResult(fromStart) is { Implicit: false }))
            {
                given.AddError("--cursor cannot be used with --cursor-file or --from-start.");
            }
        });
        return command.Does(async (args, output, cancel) =>
        {
            var (path, id) = (context.Repo(args.GetValue(repo)), ArtifactPaths.CheckedLoopId(args.GetRequiredValue(loop)));
            var cursors = new CursorStore(CursorPath(context, path, id, args.GetValue(cursorFile)), path, id);
            var given = args.GetValue(cursor);
            var before = given is not null || args.GetValue(fromStart) ? null : cursors.Load();
            var most = CommonOptions.MostOf(args.GetValue(max));
            var (lines, end, print) = before is not null && Continue(context, path, id, before) is { } after
                ? Checked(after, before, most)
                : await WholeAsync(before).ConfigureAwait(false);

            // A cursor that does not say where its lines end, and a log that does not go on from there, need all of the log.
            async Task<(LogLines Lines, int End, (long?, LogFingerprint?) Print)> WholeAsync(CursorFile? before)
            {
                var reader = new LoopReader(context.Files, context.Time, FoldOptions.Default);
                var reading = await reader.ReadAsync(path, id, cancel).ConfigureAwait(false);
                var log = new ReadLog(reading, isCopy: false);
                if (before is not null)
                {
                    log.CheckContinues(before);
                }
                else if (given is null && cursors.LoadForComparison() is { } left && !log.Continues(left))
                {
                    // What was asked for is done all the same; that the log is another one is never passed over in silence.
                    var line = left.EventLineOffset;
                    var cut = $"{cursors}: the log was cut or replaced since its line {line} was read; it is read again from its start";
                    await args.InvocationConfiguration.Error.WriteLineAsync(SafeText.Clean(cut)).ConfigureAwait(false);
                }

                var whole = LogLines.From(reading);
                var to = EventEnvelopes.Check(whole, given ?? before?.EventLineOffset ?? 0, most);
                return (whole, to, given is null ? log.Fingerprint(to) : default);
            }

            var offset = given ?? before?.EventLineOffset ?? 0;
            foreach (var envelope in EventEnvelopes.Read(lines, offset, end, context.TraceId(args.GetValue(trace))))
            {
                await output.WriteLineAsync(ContractJson.Write(envelope, ContractJson.Default.EventEnvelope)).ConfigureAwait(false);
            }

            // Only what was handed over moves the cursor: a reader that closed the pipe gets the same lines again.
            await output.FlushAsync(cancel).ConfigureAwait(false);
            if (given is null)
            {
                cursors.Save(cursors.At(end, lines.Count, context.Time.GetUtcNow(), print), args.GetValue(fromStart));
            }

            return ExitCodes.Ok;
        });
    }

    /// <summary>What is new after a cursor; null where the whole log has to be read.</summary>
    private static LogLines? Continue(VerbContext context, string repo, string loop, CursorFile cursor) =>
        LogReadOn.Read(GuardedFiles.Open(context.Files, repo), repo, loop, cursor, context.Time.GetUtcNow());

    private static (LogLines Lines, int End, (long?, LogFingerprint?) Print) Checked(LogLines after, CursorFile before, int most)
    {
        var end = EventEnvelopes.Check(after, before.EventLineOffset, most);
        return (after, end, after.Fingerprint(before, end));
    }

    private static GuardedPath CursorPath(VerbContext context, string repo, string loop, string? named)
    {
        var files = GuardedFiles.Open(context.Files, repo);
        return named is null ? new(files, ArtifactPaths.EventsCursor(loop)) : GuardedPath.Named(context.Files, files, named);
    }
}
