using OpsManager.Configuration;
using OpsManager.Configuration.Notify;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Control.Act;
using OpsManager.Control.Storage;
using OpsManager.Session;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;
using OpsManager.Sources.Processes;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Lifetime;
using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Themes;
using OpsManager.Verbs;

namespace OpsManager.Cli;

/// <summary>Looks at what the screen would find here and at what it would choose. Draws nothing and asks the terminal nothing.</summary>
/// <param name="binary">What --superloop-bin says; null where it is not given.</param>
internal sealed class Doctor(VerbContext context, TerminalFacts terminal, string? binary = null)
{
    private readonly List<DoctorFact> facts = [];
    private readonly List<string> problems = [];

    public DoctorReport Check()
    {
        CheckTerminal();
        var options = CheckColours();
        CheckDrawing(options);
        CheckCopying();
        CheckSettings(options);
        CheckHost();
        return new DoctorReport(facts, problems);
    }

    private void CheckTerminal()
    {
        Say("standard input", terminal.InputIsTerminal ? "a terminal" : "not a terminal");
        Say("standard output", terminal.OutputIsTerminal ? "a terminal" : "not a terminal");
        foreach (var name in new[] { "TERM", "COLORTERM", "NO_COLOR", VariableNames.Terminal })
        {
            Say(name, context.Environment(name) switch { null => "not set", "" => "empty", var value => value });
        }

        Say("size", terminal.Size is { } size ? $"{size.Width}x{size.Height}" : "not known", terminal.Size switch
        {
            null => "standard output does not say",
            { Width: < 30 } or { Height: < 8 } => "too small for anything: 30x8 is the minimum",
            { Width: < 60 } or { Height: < 15 } => "one pane at a time",
            _ => null,
        });
        if (terminal.Problem == TerminalProblem.Dumb)
        {
            problems.Add("TERM=dumb cannot show a screen: set TERM to what the terminal is, or use \"ops-manager watch --lines\"");
        }
    }

    private TerminalOptions CheckColours()
    {
        var options = TerminalOptions.From(context.Environment);
        var (depth, why) = ColorDepthRule.Explain(context.Environment);
        Say(
            "colours",
            depth switch { ColorDepth.None => "none", ColorDepth.Sixteen => "16", ColorDepth.TwoFiftySix => "256", _ => "24-bit" },
            $"{why}; --color overrides");
        var locale = TerminalOptions.Locale(context.Environment) is var (name, value) ? $"{name} is {value}" : "no locale is set";
        Say(
            "characters", options.Ascii ? "ASCII only" : "UTF-8",
            options.Ascii ? $"{locale}, which is not UTF-8" : $"{locale}; --ascii overrides");
        return options;
    }

    private void CheckDrawing(TerminalOptions options)
    {
        var reason = options.ForceLibrary ? null : ApplicationFactory.SelfTest();
        Say(
            "screen", terminal.Problem is { } problem ? "cannot be shown" : "can be shown",
            terminal.Problem is null ? null : new TerminalUnusableException(terminal.Problem.Value).Message);
        Say(
            "drawing",
            options.ForceLibrary || reason is not null
                ? "by the library's own driver: sixteen colours, and it wakes up often"
                : "by our own loop: the self-test passed",
            options.ForceLibrary ? "OPS_MANAGER_TERMINAL is library" : reason);
        if (reason is not null)
        {
            problems.Add($"our own terminal layer does not work here: {reason}");
        }
    }

    private void CheckCopying()
    {
        var term = context.Environment("TERM") ?? "";
        var (inside, copying) = Set("TMUX") || term.StartsWith("tmux", StringComparison.Ordinal)
            ? ("tmux", "through tmux, if its configuration has \"set -s set-clipboard on\"")
            : Set("STY") ? ("screen", "in pieces that GNU screen passes on to its terminal")
            : term.StartsWith("screen", StringComparison.Ordinal) ? (
                "tmux or screen, as TERM says", "through tmux with \"set -s set-clipboard on\"; through GNU screen only where STY is set")
            : ("none", "to the clipboard of the machine the terminal runs on, where the terminal allows it; also over ssh");
        Say("multiplexer", inside);
        Say("copying", "by OSC 52", copying);
        Say(
            "pager", string.Join(' ', OperatorsPager.Words(context.Environment)),
            context.Environment("PAGER") is { Length: > 0 } ? "PAGER" : "PAGER is not set");
    }

    private void CheckSettings(TerminalOptions options)
    {
        var settings = UserSettings.Create(context.Files, context.Environment);
        var chosen = settings.Choose(null, null, FittingTheme.For(options));
        Say("theme", chosen.Theme.Value.Name, $"{chosen.Theme.File}; {chosen.Theme.Why}");
        Say("keymap", chosen.Keymap.Value.Name, $"{chosen.Keymap.File}; {chosen.Keymap.Why}");
        CheckNotifying(settings.Config.Notify, options);
        var (sprites, wrong) = new SpriteDoctor(context).Check(settings.Config);
        facts.AddRange(sprites);
        problems.AddRange(wrong);
        Say("themes", string.Join(", ", settings.Themes.Names));
        Say("keymaps", string.Join(", ", settings.Keymaps.Files.Names));
        Say(
            "settings",
            settings.Files.Root ?? "none",
            settings.Files.Root is not { } root
                ? "neither XDG_CONFIG_HOME nor HOME is an absolute path"
                : context.Files.Directory.Exists(root) ? null
                : "missing: defaults are used");
        problems.AddRange(settings.AllProblems());
    }

    private void CheckNotifying(NotifyConfig notify, TerminalOptions options)
    {
        var (form, why) = OperatorsHook.Form(notify, null);
        var passed = options.Multiplexer == Multiplexer.Tmux && form is (NotificationForm.Osc9 or NotificationForm.Osc777)
            ? "; through tmux, if its configuration has \"set -g allow-passthrough on\""
            : "";
        Say(
            "notify", notify.Hook is { } hook ? $"{form.Word()}, and {hook.Name} at most {hook.PerMinute} times a minute" : form.Word(),
            why + passed);
        if (notify.Hook is { } named && context.Children.Find(named.Name) is { Fault: { } fault })
        {
            problems.Add($"{notify.File}: the command of notify, {named.Name}, {fault}");
        }
    }

    private void CheckHost()
    {
        var here = WorkingDirectory.Find(context.Files);
        if (here is null)
        {
            problems.Add(WorkingDirectory.Deleted);
        }

        var repo = here is null ? null : new RepoFinder(context.Files).FindInUse(here);
        var sprites = UserSettings.Create(context.Files, context.Environment).Config.Fleet.Sprites;
        var instead = sprites.Count > 0 ? "opens on the sprites" : "plays the demo";
        Say(
            "repository",
            repo ?? "none",
            repo is not null ? null : $"no .superloop with loops in the working directory or above: the screen {instead}");
        CheckFiles(repo);
        CheckRuntime(repo);
        Say(
            "state", ".superloop/ops-manager/LOOP/ in each repository",
            "what the manager records; with --read-only the screen writes nothing there");
        Say(
            "sessions",
            StateFolder.Find(context.Files, context.Environment) is { } folder
                ? context.Files.Path.Combine(folder, "sessions")
                : "not saved",
            "XDG_STATE_HOME, else HOME; texts too long for the clipboard are saved there too");
        var observable = ProcTable.Open(context.Files).IsObservable;
        Say(
            "processes", observable ? "observable" : "not observable",
            observable ? "there is a /proc" : "there is no /proc: only its files show that a run died");
        var fault = WatcherFault(here ?? "/");
        Say(
            "notifications", fault is null ? "work" : "do not work",
            fault ?? "the file system says what changes; polling does not rely on it");
        if (!observable)
        {
            problems.Add("processes cannot be observed here: there is no /proc");
        }

        if (fault is not null)
        {
            problems.Add($"no notifications of the file system: {fault}; changes are found by polling only");
        }
    }

    /// <summary>What the repository has in the way of what is read, or of what we write.</summary>
    private void CheckFiles(string? repo)
    {
        if (repo is null)
        {
            return;
        }

        try
        {
            var files = GuardedFiles.Open(context.Files, repo);
            LoopDirectories.Check(files);
            foreach (var loop in LoopDirectories.In(files))
            {
                new ManagerFiles(context.Files, repo, loop).CheckRecords();
            }
        }
        catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
        {
            problems.Add(error.Message);
        }
    }

    /// <summary>
    /// The runtime's command, which approves, rejects and cancels. Where nothing is watched here, its absence is no problem.
    /// </summary>
    private void CheckRuntime(string? repo)
    {
        const string Topic = "runtime command";
        try
        {
            var found = new CommandFinder(context.Files, context.Environment).Find(repo, binary);
            Say(Topic, found.File, $"found by {found.FoundBy}");
        }
        catch (ContractException error)
        {
            var isMissing = error.Message == CommandFinder.NotFound;
            var looked = $"no SUPERLOOP_BIN, no superloop.sh in {repo ?? "a repository"}, no superloop or superloop.sh on PATH";
            Say(Topic, isMissing ? "not found" : "cannot be used", isMissing ? looked : error.Message);
            if (repo is not null)
            {
                problems.Add($"{error.Message} Until then nothing can be approved, rejected or cancelled from here");
            }
        }
    }

    private string? WatcherFault(string directory)
    {
        try
        {
            using var watcher = context.Files.FileSystemWatcher.New(directory);
            watcher.EnableRaisingEvents = true;
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            return error.Message;
        }
    }

    private bool Set(string name) => !string.IsNullOrEmpty(context.Environment(name));

    private void Say(string topic, string value, string? why = null) => facts.Add(new DoctorFact(topic, value, why));
}
