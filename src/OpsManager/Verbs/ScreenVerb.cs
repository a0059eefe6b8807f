using System.CommandLine;
using System.Reactive.Linq;
using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Contract;
using OpsManager.Control.Act;
using OpsManager.Core.Fold;
using OpsManager.Session;
using OpsManager.Sources;
using OpsManager.Sources.Changes;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Tui.Session;
using OpsManager.Tui.Terminal.Lifetime;
using OpsManager.Tui.Watch;

namespace OpsManager.Verbs;

/// <summary>No verb: the screen, over the repositories that were named or found; where there is none, the tour.</summary>
internal static class ScreenVerb
{
    public static void Attach(RootCommand root, VerbContext context)
    {
        var options = new ScreenOptions();
        options.AddTo(root);
        root.Does((args, output, _) => Task.FromResult(Run(args, options, context, output)));
    }

    private static int Run(ParseResult args, ScreenOptions options, VerbContext context, TextWriter output)
    {
        var settings = UserSettings.Create(context.Files, context.Environment);
        if (args.GetValue(options.Demo) && (options.Watch.IsGiven(args) || args.GetValue(options.Repos) is { Length: > 0 }))
        {
            throw new ContractException(
                "usage", "--demo cannot be used with a repository or sprite: it plays sample runs. Leave one of the two out.");
        }

        var choice = args.GetValue(options.Demo)
            ? WatchChoice.From([])
            : options.Watch.From(args, context, settings, args.GetValue(options.Repos));
        var replay = new ReplayScreen(args, options.Display, context);
        if (choice.IsNothing)
        {
            return replay.Tour(args.GetValue(options.SnapshotOnly));
        }

        using var indexes = new LogIndexes(context);
        using var recorder = choice.IsFleet ? null : ScreenRecorder.Start(context, settings.Config.Record, choice.Repos, indexes.Follow);
        var isFresh = args.GetValue(options.Fresh);
        string? notice = null;
        while (true)
        {
            var end = Live(args, options, context, output, new(choice, recorder, indexes.Follow, isFresh, notice));
            if (end is { Replay: null, Past: null })
            {
                foreach (var line in context.Profile?.Lines() ?? [])
                {
                    args.InvocationConfiguration.Error.WriteLine(line);
                }

                return end.ExitCode;
            }

            // The session comes back as it was left, and what records it does not stop meanwhile.
            using var going = recorder?.KeepOn();
            (isFresh, notice) = (false, end.Past is { } run && recorder is not null
                ? replay.Past(() => recorder.Past(run.Repo), run.Loop, Folding(args, options, context, settings))
                : replay.Aside(end.Replay ?? ""));
        }
    }

    private static ScreenEnd Live(ParseResult args, ScreenOptions options, VerbContext context, TextWriter output, Visit visit)
    {
        var choice = visit.Choice;
        var settings = UserSettings.Create(context.Files, context.Environment);
        context.Profile?.Mark(StartPhases.SettingsRead);
        var terminal = options.Display.Terminal(args, context, settings);
        var store = StateFolder.Find(context.Files, context.Environment) is { } folder
            ? new SessionStore(context.Files, folder, choice.Key)
            : null;
        var before = visit.IsFresh ? null : store?.Load();
        var chosen = options.Display.Choose(args, settings, terminal, before?.ThemeFor(terminal.Depth, settings.Themes.Names));

        // One for all that this session asks and sends, so that it is found again in the logs on the sprite.
        var trace = context.TraceId(null);
        using var opener = new SpriteSources(context, trace, choice.IsFleet ? settings.Config.Nats : null, follow: visit.Follow);
        using var fleet = choice.IsFleet ? new FleetWatch(settings, choice.Holds, opener.Open, opener.Published) : null;
        var sources = fleet?.Sources ?? visit.Recorder?.Sources ?? [];
        context.Profile?.Mark(StartPhases.SourcesOpened);
        using var telemetry = TelemetrySession.Start(
            context, settings, args.GetValue(options.LogFile), args.InvocationConfiguration.Error.WriteLine);
        var runs = new RunDesk(context);
        using var compared = args.GetValue(options.ServiceUrl) is { } url
            ? ComparedService.Create(context, url, choice.Repos, trace)
            : null;
        var name = context.Operator(args.GetValue(options.By));
        var whyNot = args.GetValue(options.ReadOnly) ? "this screen was started with --read-only; start it without to act" : null;
        var commands = new CommandFinder(context.Files, context.Environment);
        var notify = settings.Config.Notify;
        var screen = new ScreenSettings
        {
            Files = context.Files,
            Operator = name,
            Say = output.WriteLine,
            WhyNoControl = whyNot,
            Control = whyNot is null ? Control(sources, context, name, trace) : null,
            Sources = sources,
            Observe = telemetry.Observe,
            Mark = context.Profile is { } profile ? profile.Mark : null,
            Sprites = fleet is not null ? FleetMessages.Styles(fleet.Sprites) : SpriteStyle.From(settings.Config.Fleet, choice.Repos),
            SpriteNews = fleet is null ? null : scheduler => fleet.Observe(scheduler).SelectMany(FleetMessages.From),
            Fold = Folding(args, options, context, settings),
            Recorder = visit.Recorder,
            CompareRuns = (pair, cancel) => runs.CompareAsync((pair.Repo, pair.Loop), pair.Other, cancel),
            VerifyByHand = whyNot is not null ? null : (repo, loop, intent, cancel) =>
                new HandDesk(context, name, trace).VerifyAsync(repo, loop, intent, TimeSpan.Zero, ControlRequest.UsualInterval, cancel),
            WriteReport = (repo, loop, cancel) => runs.ReportAsync(RecordingFolder.Reports(context), repo, loop, cancel),
            Checks = new CheckSettings
            {
                Scratch = settings.Config.Rollback.Check,
                FindCommand = repo => commands.Find(repo, args.GetValue(options.Binary)),
                Service = compared?.Check,
            },
            SnapshotOnly = args.GetValue(options.SnapshotOnly),
            Time = context.Time,
            Theme = chosen.Theme.Value,
            Themes = settings.Themes,
            Keymap = chosen.Keymap.Value,
            HasMouse = terminal.Mouse,
            Recordings = [.. SampleRuns.Entries().Select(static sample => sample.Info)],
            Notice = visit.Notice ?? chosen.Notice ?? (fleet?.Faults is [var unwatched, ..] ? unwatched : null),
            Notify = new NotifySettings(
                OperatorsHook.Form(notify, args.GetValue(options.Notify)).Form,
                notify.On,
                OperatorsHook.Create(context, notify)),
            Before = before,
            Compare = (repo, cancel) => new WorkingTree(GuardedFiles.Open(context.Files, repo), context.Children).CompareAsync(cancel),
            KeepCopy = text => KeptCopy.Write(context.Files, context.Environment, text),
        };
        try
        {
            return ScreenSession.Run(new SessionSettings
            {
                Screen = screen,
                Terminal = terminal,
                Title = Title(choice),
                Store = store,
                RunPager = (repo, path, line) =>
                    OperatorsPager.Run(context.Children, context.Environment, context.Files.Path.Combine(repo, path), line),
            });
        }
        catch (TerminalUnusableException error)
        {
            telemetry.Failed(error);
            throw new ContractException(
                "terminal_unusable", $"{error.Message}. For plain lines use \"ops-manager watch --lines\".", error);
        }
        catch (Exception error)
        {
            telemetry.Failed(error);
            throw;
        }
    }

    private static FoldOptions Folding(ParseResult args, ScreenOptions options, VerbContext context, UserSettings settings) =>
        FoldOptions.Default with
        {
            Thresholds = options.Thresholds.From(args, context),
            Rollback = settings.Config.Rollback.Limits,
        };

    private static ControlSettings Control(IReadOnlyList<ISource> sources, VerbContext context, string name, string trace) => new(
        new SourceExecutor(sources, new ProcessExecutor(context.Children, context.Time)),
        new ControlDeskOptions(name, trace, TimeSpan.FromSeconds(30), context.NewTraceId));

    private static string Title(WatchChoice choice) => choice switch
    {
        { IsFleet: true } => "ops-manager sprites",
        { Repos: [var only] } => $"ops-manager {RepoName.Of(only)}",
        _ => $"ops-manager {choice.Repos.Count} repositories",
    };

    /// <summary>One time that the screen is shown; between two of them a recording is looked at.</summary>
    /// <param name="Recorder">Has the sources, and records them; null where sprites are watched.</param>
    /// <param name="Follow">How files are followed.</param>
    /// <param name="Notice">What went wrong in between; null where nothing did.</param>
    private sealed record Visit(WatchChoice Choice, ScreenRecorder? Recorder, FollowOptions Follow, bool IsFresh, string? Notice);
}
