using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Contract;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Control.Act;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Control;
using OpsManager.Session;
using OpsManager.Sources.Local;
using OpsManager.Sources.Sprite;

namespace OpsManager.Verbs;

/// <summary>
/// <c>control</c>: sends one intent by the runtime's own command, here or over a sprite's service, and verifies its result;
/// prints the intent's row.
/// </summary>
internal static class ControlVerb
{
    /// <summary>In seconds.</summary>
    private const int OneDay = 24 * 60 * 60;

    public static Command Command(VerbContext context)
    {
        Option<string?> repo = CommonOptions.Repo(), trace = CommonOptions.TraceId(),
            by = CommonOptions.By(),
            note = new(FlagNames.Note) { HelpName = "TEXT", Description = "A note; a rejection needs one." },
            binary = CommonOptions.RuntimeCommand(),
            key = new(FlagNames.IdempotencyKey) { Description = "A request with the same key is carried out once. Default: a new key." };
        var loop = CommonOptions.Loop();
        var intent = new Option<string>(FlagNames.Intent) { Description = "What is sent.", Required = true };
        intent.CompletionSources.Add(IntentWords.Approve, IntentWords.Reject, IntentWords.Cancel);
        var service = new ServiceOptions();
        var document = new DocumentOutput();
        var retries = new RetryOptions();
        var timeout = CommonOptions.AtLeast(new Option<int>(FlagNames.TimeoutSeconds)
        {
            Description = "Seconds for the command, and then as many to verify the result. 0: look for the result once.",
            DefaultValueFactory = static _ => 30
        }, 0, OneDay);
        var interval = CommonOptions.AtLeast(new Option<int>(FlagNames.IntervalSeconds)
        {
            Description = "Seconds between two checks of the result, at most. 0 is 1.",
            DefaultValueFactory = static _ => 2
        }, 0);
        var noConfirm = new Option<bool>(FlagNames.NoConfirm) { Description = "Do not verify the result." };
        var readOnly = new Option<bool>(FlagNames.ReadOnly) { Description = "Send nothing: refuse the intent." };
        var logFile = CommonOptions.LogFile();
        var command = new Command("control", "Cancel, approve or reject by the runtime's own command, and verify the result.")
        {
            repo, loop, intent, by, note, binary, key, trace, timeout, interval, noConfirm, readOnly, logFile,
        };
        service.AddTo(command);
        retries.AddTo(command);
        document.AddTo(command);
        return command.Does(async (args, _, cancel) =>
        {
            if (!Intent.TryParse(args.GetRequiredValue(intent), args.GetValue(note), out var wanted))
            {
                throw new ContractException(
                    ServiceCodes.InvalidRequest,
                    $"intent must be one of cancel, approve, reject; \"{args.GetRequiredValue(intent)}\" is none of them");
            }

            var errors = args.InvocationConfiguration.Error;
            var address = service.From(args, context);
            using var sprite = address is null
                ? null
                : new ReachedSprite(context, address, context.TraceId(args.GetValue(trace)), retries.From(args));
            // Over a service the repository is only where the record is kept.
            var place = sprite is not null && args.GetValue(repo) is { } kept ? context.Files.Path.GetFullPath(kept) : null;
            var root = sprite?.Copy ?? context.Repo(args.GetValue(repo));
            var found = sprite is null
                ? new CommandFinder(context.Files, context.Environment).Find(root, args.GetValue(binary))
                : RuntimeCommand.Usual;
            if (args.GetValue(readOnly))
            {
                throw ControlRunner.ReadOnly(wanted, found);
            }

            if (place is not null)
            {
                new RepoFinder(context.Files).Make(place);
            }

            void Tell(string fault) => errors.WriteLine(SafeText.Clean(fault));
            var request = new ControlRequest
            {
                Repo = root,
                RecordsIn = place,
                Loop = args.GetRequiredValue(loop),
                Intent = wanted,
                By = context.Operator(args.GetValue(by)),
                Command = found,
                Transport = sprite is null ? Transports.Local : Transports.SpriteService,
                TraceId = sprite?.Service.TraceId ?? context.TraceId(args.GetValue(trace)),
                IdempotencyKey = args.GetValue(key) ?? context.NewTraceId(),
                Confirm = !args.GetValue(noConfirm),
                Timeout = TimeSpan.FromSeconds(args.GetValue(timeout)),
                Interval = TimeSpan.FromSeconds(Math.Max(1, args.GetValue(interval))),
                RetryAttempts = retries.Attempts(args),
                RetryBackoff = retries.Backoff(args),
                Waits = Tell,
            };
            using var telemetry = TelemetrySession.Start(
                context, UserSettings.Create(context.Files, context.Environment), args.GetValue(logFile), Tell);
            var result = sprite is null
                ? await ControlRunner.Local(context.Files, context.Time, context.Children, root, request.Loop, request.Interval)
                    .RunAsync(request, Tell, cancel, cancel)
                    .ConfigureAwait(false)
                : await OverAsync(context, sprite, request, Tell, cancel).ConfigureAwait(false);
            await document.WriteAsync(
                args, context, pretty => ContractJson.Write(result.Answer!, ContractJson.Default.IntentRow, pretty),
                () => IntentRowText.Rows(result.Answer!)).ConfigureAwait(false);
            if (result.Words is { } words)
            {
                await errors.WriteLineAsync(SafeText.Clean(words)).ConfigureAwait(false);
            }

            if (!result.Replayed)
            {
                telemetry.Take(context, request);
            }

            return result.ExitCode;
        });
    }

    private static async Task<ControlResult> OverAsync(
        VerbContext context, ReachedSprite sprite, ControlRequest request, Action<string> tell, CancellationToken cancel)
    {
        // A service that is not there, or does not know the loop, says so here and at once. That nothing was sent is a result, too.
        try
        {
            await new ServiceTransport(sprite.Service).SnapshotAsync(request.Loop, null, cancel).ConfigureAwait(false);
        }
        catch (ContractException error)
        {
            var line = $"POST {sprite.Service.Address.Show("ops/control")}";
            return UnsentControl.Keep(context.Files, context.Time, request, line, error.Message);
        }

        using var source = new SpriteSource(
            context.Files, context.Time, sprite.Copy,
            new SpriteSettings { Name = sprite.Name, Service = sprite.Service, Loops = [request.Loop], IsNarrow = true, MayWake = true });
        return await new ControlRunner(context.Files, context.Time, source, new ServiceExecutor(source))
            .RunAsync(request, tell, cancel, cancel)
            .ConfigureAwait(false);
    }
}
