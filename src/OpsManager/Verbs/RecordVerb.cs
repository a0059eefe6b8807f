using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using System.Text.Json;
using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Session;
using OpsManager.Sources;
using OpsManager.Sources.Record;
using OpsManager.Sources.Replay;

namespace OpsManager.Verbs;

/// <summary><c>record</c>: a tape of each repository while it runs, until it is interrupted (docs/recording.md).</summary>
internal static class RecordVerb
{
    private static readonly string[] Units = ["", "K", "M", "G"];

    public static Command Command(VerbContext context)
    {
        var repos = CommonOptions.Repos();
        var file = new Option<string?>(FlagNames.Out)
        {
            HelpName = "PATH",
            Description = $"The recording: a new file whose name ends in {TapeStore.Extension} or {TapePlace.PackedExtension}; of several "
                + "repositories, a directory. Default: the directory recordings in the state directory.",
        };
        var mark = new Option<string?>(FlagNames.Mark) { HelpName = "TEXT", Description = "A remark at the start of the recording." };
        var withLogs = new Option<bool>(FlagNames.WithLogs) { Description = "Record the loops' logs and reports too." };
        var raw = new Option<bool>(FlagNames.NoRedact) { Description = "Redact nothing: tokens and paths are recorded as they are." };
        var maxSize = new Option<long?>(FlagNames.MaxSize)
        {
            HelpName = "SIZE",
            Description = "End at this size of the file, such as 500K, 64M or 2G. Default: 256M.",
            CustomParser = Size,
        };
        var maxAge = new Option<TimeSpan?>(FlagNames.MaxAge)
        {
            Description = "End after this time, such as 30s or 90m. Default: never.",
            CustomParser = static result => ReplayTime.ParseDuration(result.Tokens[0].Value) is { } age && age > TimeSpan.Zero
                ? age : Refuse<TimeSpan?>(result, $"{FlagNames.MaxAge} must be a time such as 30s or 90m."),
        };
        var json = new Option<bool>(FlagNames.Json) { Description = "Print lines of JSON instead of text." };
        return new Command(VerbNames.Record, "Record what a repository's loops do, as a tape that can be replayed; Ctrl+C ends it.")
        {
            repos, file, mark, withLogs, raw, maxSize, maxAge, json,
        }.Does(async (args, output, cancel) =>
        {
            var settings = UserSettings.Create(context.Files, context.Environment);
            if (settings.ConfigFault is { } fault)
            {
                // A pattern that cannot be read would be missing in the tape, unseen.
                throw new SettingsException(fault);
            }

            var watched = context.Repos(args.GetValue(repos));
            var requests = Paths(context, watched, args.GetValue(file)).Zip(watched, (path, repo) => new RecordRequest(repo, path)
            {
                Mark = args.GetValue(mark),
                WithLogs = args.GetValue(withLogs),
                IsRaw = args.GetValue(raw),
                MaxBytes = args.GetValue(maxSize),
                MaxAge = args.GetValue(maxAge),
            }).ToArray();
            var say = args.GetValue(json) ? (Func<RecordReport, string>)Json : Text;
            return await RunAsync(
                context, requests, settings.Config.Record.Redact, report => Say(output, say(report)), cancel).ConfigureAwait(false);
        });
    }

    private static async Task<int> RunAsync(
        VerbContext context, RecordRequest[] requests, IReadOnlyList<string> patterns, Func<RecordReport, Task> say,
        CancellationToken cancel)
    {
        using var looks = new ThreadScheduler("recording", context.Time);
        using var writes = new ThreadScheduler("tape", context.Time);
        var recorders = new List<RepoRecorder>();
        try
        {
            foreach (var request in requests)
            {
                recorders.Add(RepoRecorder.Start(context, request, patterns, looks, writes));
                await say(new("begun", request.Repo, request.Path, null, null, null)).ConfigureAwait(false);
            }

            using var stop = cancel.Register(() => recorders.ForEach(static recorder => recorder.Stop("it was stopped")));
            var isFault = false;
            foreach (var (recorder, request) in recorders.Zip(requests))
            {
                var end = await recorder.Ended.ToTask(CancellationToken.None).ConfigureAwait(false);
                isFault |= end.IsFault;
                await say(new("ended", request.Repo, request.Path, end.Text, end.IsFault, recorder.Summary)).ConfigureAwait(false);
            }

            return isFault ? ExitCodes.Failed : ExitCodes.Ok;
        }
        finally
        {
            recorders.ForEach(static recorder => recorder.Dispose());
        }
    }

    private static string Text(RecordReport report) => SafeText.Clean(report.Why is { } why
        ? $"The recording ended: {why}. {report.Summary}."
        : $"Recording {report.RepoPath} to {report.File} until Ctrl+C.");

    private static string Json(RecordReport report) => JsonSerializer.Serialize(report, CliLines.Default.RecordReport);

    private static async Task Say(TextWriter output, string text)
    {
        await output.WriteLineAsync(text).ConfigureAwait(false);
        await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>The file of each recording.</summary>
    private static IReadOnlyList<string> Paths(VerbContext context, IReadOnlyList<string> repos, string? named)
    {
        if (named is not null && repos.Count == 1)
        {
            return [context.Files.Path.GetFullPath(named)];
        }

        var directory = named ?? RecordingFolder.Recordings(context)
            ?? throw new ContractException("usage", $"there is no state directory; name a file with {FlagNames.Out}, or set HOME");
        var now = context.Time.GetUtcNow();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. repos.Select(repo => context.Files.Path.GetFullPath(context.Files.Path.Combine(directory, Free(repo))))];

        string Free(string repo)
        {
            var name = RepoRecorder.FileName(repo, now);
            for (var number = 2; !taken.Add(name); number++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{number}-{RepoRecorder.FileName(repo, now)}");
            }

            return name;
        }
    }

    private static long? Size(ArgumentResult result)
    {
        var text = result.Tokens[0].Value.ToUpperInvariant();
        var unit = Array.FindLastIndex(Units, unit => text.EndsWith(unit, StringComparison.Ordinal));
        return long.TryParse(text[..^Units[unit].Length], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and < 1_000_000_000
            ? count << (10 * unit)
            : Refuse<long?>(result, $"{FlagNames.MaxSize} must be a size such as 500K, 64M or 2G.");
    }

    private static T? Refuse<T>(ArgumentResult result, string why)
    {
        result.AddError(why);
        return default;
    }
}
