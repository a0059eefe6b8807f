using System.CommandLine;
using System.Reactive.Linq;
using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Configuration.Notify;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Control.Act;
using OpsManager.Control.Rollout;
using OpsManager.Core.Fold;
using OpsManager.Session;
using OpsManager.Sources;
using OpsManager.Sources.Check;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Screen;
using OpsManager.Tui.State;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Lifetime;
using OpsManager.Tui.Themes;

namespace OpsManager.Verbs;

/// <summary>No verb: the screen, over the repositories that were named or found; where there is none, the demo.</summary>
internal static class ScreenVerb
{
    public static void Attach(RootCommand root, VerbContext context)
    {
        var watch = new WatchOptions();
        var demo = new Option<bool>(FlagNames.Demo) { Description = "Play the sample runs." };
        var color = new Option<string?>(FlagNames.Color) { Description = $"Colours to use: {string.Join(", ", ColorDepthRule.FlagValues)}. Default: what the terminal says it can do." };
        color.AcceptOnlyFromAmong([.. ColorDepthRule.FlagValues]);
        var ascii = new Option<bool>(FlagNames.Ascii) { Description = "Draw with ASCII characters only." };
        var theme = new Option<string?>(FlagNames.Theme) { Description = "Theme. Default: that of config.yaml, else one that fits the terminal's colours." };
        var keymap = CommonOptions.Keymap();
        var strict = new Option<bool>(FlagNames.Strict) { Description = "Refuse to start with a settings file that cannot be used, instead of taking a shipped one." };
        var fresh = new Option<bool>(FlagNames.Fresh) { Description = "Start with the panes as they are at first, instead of as they were left." };
        var readOnly = new Option<bool>(FlagNames.ReadOnly) { Description = "Watch only: nothing can be sent from this screen." };
        var notify = new Option<string?>(FlagNames.Notify) { Description = $"How the terminal calls you: {string.Join(", ", NotificationForms.Words)}. Default: that of config.yaml, else bell." };
        notify.AcceptOnlyFromAmong([.. NotificationForms.Words]);
        var snapshotOnly = new Option<bool>(FlagNames.SnapshotOnly) { Description = "Start with the event stream off: lifecycles come from snapshots alone." };
        var thresholds = new ThresholdOptions();
        thresholds.AddProfileTo(root);
        root.Options.Add(snapshotOnly);
        var serviceUrl = ServiceOptions.BaseUrl("Compare with what the sprite's service at this address says; its token comes from OPS_MANAGER_SERVICE_TOKEN.");
        root.Options.Add(serviceUrl);
        var by = CommonOptions.By();
        var binary = CommonOptions.RuntimeCommand();
        root.Options.Add(readOnly);
        root.Options.Add(notify);
        root.Options.Add(by);
        root.Options.Add(binary);
        root.Options.Add(fresh);
        watch.AddTo(root);
        root.Options.Add(demo);
        root.Options.Add(color);
        root.Options.Add(ascii);
        root.Options.Add(theme);
        root.Options.Add(keymap);
        root.Options.Add(strict);
        root.Does((args, output, _) =>
        {
            var terminal = TerminalOptions.From(context.Environment, args.GetValue(color));
            terminal = args.GetValue(ascii) ? terminal with { Ascii = true } : terminal;
            var settings = UserSettings.Of(context.Files, context.Environment);
            var choice = args.GetValue(demo) ? WatchChoice.Of([]) : watch.Of(args, context, settings);
            var isDemo = choice.IsNothing;
            // The demo is the same every time.
            var session = !isDemo && StateFolder.Of(context.Files, context.Environment) is { } folder ? new SessionStore(context.Files, folder, choice.Key) : null;
            var before = args.GetValue(fresh) ? null : session?.Load();
            var chosen = settings.Choose(args.GetValue(theme) ?? before?.ThemeFor(terminal.Depth, settings.Themes.Names), args.GetValue(keymap), FittingTheme.For(terminal));
            if (args.GetValue(strict) && chosen.Problems is [var problem, ..])
            {
                throw new SettingsException(problem);
            }

            // One for all that this session asks and sends, so that it is found again in the logs over there.
            var trace = context.TraceId(null);
            using var opener = new SpriteSources(context, trace);
            using var fleet = choice.IsFleet ? new FleetWatch(settings, choice.Holds, opener.Open) : null;
            IReadOnlyList<ISource> sources = fleet?.Sources ?? (isDemo
                ? SampleRuns.All().Select(static tape => new TapeSource(tape, FollowOptions.Default)).ToArray<ISource>()
                : (IReadOnlyList<ISource>)[.. choice.Repos.Select(repo => LocalSource.Open(context.Files, repo, FollowOptions.Default))]);
            var fold = FoldOptions.Default with { Thresholds = thresholds.Of(args, context.Environment), Rollback = settings.Config.Rollback.Limits };
            var reducer = new Reducer(fold);
            using var compared = args.GetValue(serviceUrl) is { } url ? ComparedService.Of(context, url, choice.Repos, trace) : null;
            try
            {
                var commands = new CommandFinder(context.Files, context.Environment);
                var name = context.Operator(args.GetValue(by));
                var whyNot = isDemo ? "this is a demo: nothing can be sent to a recording" : args.GetValue(readOnly) ? "read-only: this screen was started with --read-only" : null;
                return Task.FromResult(ScreenSession.Run(new ScreenSettings
                {
                    Operator = name,
                    Say = output.WriteLine,
                    WhyNoControl = whyNot,
                    // Without a desk there is no executor, and nothing in the screen that could start the runtime's command.
                    Control = whyNot is not null ? null : models => new ControlDesk(
                        context.Files, context.Time, new SourceExecutor(sources, new ProcessExecutor(context.Children, context.Time)), models, new Rearmer(context.Files, context.Time, sources, models, reducer, new Reducer(fold)), new ControlDeskOptions(name, trace, TimeSpan.FromSeconds(30), context.NewTraceId)),
                    Sources = sources,
                    Sprites = fleet is not null ? FleetMessages.Looks(fleet.Sprites) : SpriteLook.Of(settings.Config.Fleet, choice.Repos),
                    SpriteNews = fleet is null ? null : scheduler => fleet.Observe(scheduler).SelectMany(FleetMessages.Of),
                    Reducer = reducer,
                    Checks = isDemo ? [] :
                    [
                        new ScratchCheck(sources, reducer, new Reducer(fold), context.Time, settings.Config.Rollback.Check),
                        new SpriteCheck(sources, SpriteParity, settings.Config.Rollback.Check.CatchUp),
                        new CommandWatch(repo => commands.Find(repo, args.GetValue(binary))),
                        .. compared is null ? (IModelCheck[])[] : [compared.Check],
                    ],
                    SnapshotOnly = args.GetValue(snapshotOnly),
                    Time = context.Time,
                    Terminal = terminal,
                    Theme = chosen.Theme.Value,
                    Themes = settings.Themes,
                    Keymap = chosen.Keymap.Value,
                    IsDemo = isDemo,
                    Notice = chosen.Notice ?? (fleet?.Faults is [var unwatched, ..] ? unwatched : null),
                    Notify = new NotifySettings(
                        OperatorsHook.Form(settings.Config.Notify, args.GetValue(notify)).Form, settings.Config.Notify.On, isDemo ? null : OperatorsHook.Of(context, settings.Config.Notify)),
                    Title = Title(choice),
                    Before = before,
                    Session = session,
                    KeepCopy = text => KeptCopy.Write(context.Files, context.Environment, text),
                    RunPager = (repo, path, line) => OperatorsPager.Run(context.Children, context.Environment, context.Files.Path.Combine(repo, path), line),
                }));
            }
            catch (TerminalUnusableException error)
            {
                throw new ContractException("terminal_unusable", $"{error.Message}. For plain lines use \"ops-manager watch --lines\".", error);
            }
        });
    }

    /// <summary>Between two comparisons of what is folded of sprites with what they said: it costs no request.</summary>
    private static readonly TimeSpan SpriteParity = TimeSpan.FromSeconds(1);

    private static string Title(WatchChoice choice) => choice switch
    {
        { IsFleet: true } => "ops-manager sprites",
        { Repos: [] } => "ops-manager demo",
        { Repos: [var only] } => $"ops-manager {AppModel.RepoName(only)}",
        _ => $"ops-manager {choice.Repos.Count} repositories",
    };
}
