using System.Runtime;
using System.Runtime.InteropServices;
using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Configuration.Sprites;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Control.Act;
using OpsManager.Session;
using OpsManager.Sources.Local;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Lifetime;
using OpsManager.Tui.Themes;

namespace OpsManager.Verbs;

/// <summary>Looks up what <c>info</c> says. It starts nothing, writes nothing, and asks neither the terminal nor a sprite.</summary>
/// <param name="binary">What --superloop-bin says; null where it is not given.</param>
internal sealed class InfoCollector(VerbContext context, string? binary = null)
{
    private const string Missing = "missing";
    private const string NoHome = "neither XDG_STATE_HOME nor HOME is an absolute path";

    private readonly UserSettings settings = UserSettings.Create(context.Files, context.Environment);

    public InfoReport Collect()
    {
        var here = WorkingDirectory.Find(context.Files);
        var repo = here is null ? null : new RepoFinder(context.Files).FindInUse(here);
        return new InfoReport(
            BuildStamp.Current.Version, BuildStamp.Current.Commit, Runtime(), Environment.ProcessPath, [.. Paths(repo)], Terminal(),
            [.. Transport()], Superloop(repo), Telemetry());
    }

    /// <summary>
    /// A native executable compiles nothing while it runs. RuntimeFeature would say how the project is meant to be published instead.
    /// </summary>
    private static InfoRuntime Runtime() => new(
        JitInfo.GetCompiledMethodCount() > 0 ? "managed" : "native", RuntimeInformation.FrameworkDescription,
        RuntimeInformation.RuntimeIdentifier);

    private static string Word(ColorDepth depth) => depth switch
    {
        ColorDepth.None => "none",
        ColorDepth.Sixteen => "16",
        ColorDepth.TwoFiftySix => "256",
        _ => "24-bit",
    };

    private IEnumerable<InfoPath> Paths(string? repo)
    {
        var chosen = settings.Choose(null, null, FittingTheme.For(TerminalOptions.From(context.Environment)));
        yield return ConfigFile();
        yield return Chosen("theme", chosen.Theme.File, chosen.Theme.Why);
        yield return Chosen("keymap", chosen.Keymap.File, chosen.Keymap.Why);
        yield return Hook();
        yield return Folder("state directory", StateFolder.Find(context.Files, context.Environment));
        yield return Folder("recordings", RecordingFolder.Recordings(context));
        yield return Folder(
            "last hours", RecordingFolder.Kept(context), settings.Config.Record.IsAlways ? "record is always" : "record is off");
        yield return Folder("reports", RecordingFolder.Reports(context));
        yield return repo is null
            ? new InfoPath("repository", null, false, "no .superloop with loops in the working directory or above")
            : Folder("repository", repo);
    }

    private InfoPath ConfigFile()
    {
        const string Name = "config.yaml";
        if (settings.Files.Root is not { } root)
        {
            return new InfoPath(Name, null, false, "neither XDG_CONFIG_HOME nor HOME is an absolute path");
        }

        // The message may quote the file, which may have anything in it.
        var file = context.Files.Path.Combine(root, Name);
        return context.Files.File.Exists(file)
            ? new InfoPath(Name, file, true, settings.ConfigFault is null ? null : "cannot be used: \"ops-manager doctor\" says why")
            : new InfoPath(Name, file, false, "missing: defaults are used");
    }

    private InfoPath Chosen(string name, string file, string why) => context.Files.Path.IsPathRooted(file)
        ? new InfoPath(name, file, true, why)
        : new InfoPath(name, file, true, $"in the executable; {why}");

    private InfoPath Hook()
    {
        const string Name = "notify hook";
        return settings.Config.Notify.Hook is not { } hook ? new InfoPath(Name, null, false, "config.yaml has no notify command")
            : context.Children.Find(hook.Name) is { File: { } file } ? new InfoPath(Name, file, true, null)
            : new InfoPath(Name, null, false, $"{hook.Name} {context.Children.Find(hook.Name).Fault}");
    }

    private InfoPath Folder(string name, string? path, string? why = null) => path is null ? new InfoPath(name, null, false, NoHome)
        : context.Files.Directory.Exists(path) ? new InfoPath(name, path, true, why)
        : new InfoPath(name, path, false, why is null ? Missing : $"{Missing}; {why}");

    private InfoTerminal Terminal()
    {
        var facts = TerminalFacts.Look(context.Environment);
        var options = TerminalOptions.From(context.Environment);
        var (depth, why) = ColorDepthRule.Explain(context.Environment);
        return new InfoTerminal(
            facts.InputIsTerminal, facts.OutputIsTerminal, facts.Size?.Width, facts.Size?.Height, Word(depth), why, settings.Config.Mouse,
            options.Ascii, context.Environment("TERM"), context.Environment("COLORTERM"), context.Environment("NO_COLOR"),
            facts.Problem is { } problem ? new TerminalUnusableException(problem).Message : null);
    }

    private IEnumerable<InfoTransport> Transport()
    {
        yield return new InfoTransport(Transports.Local, null, "the files and the runtime's command on this host");
        yield return new InfoTransport(
            Transports.SpriteService, null, "a service at --service-base-url: http, https, or unix:/PATH for a socket of this host");
        if (settings.Config.Nats is { } nats)
        {
            yield return new InfoTransport(WayNames.Nats, null, $"stream {nats.Stream} of {string.Join(", ", nats.Servers)}");
        }

        foreach (var sprite in settings.Config.Fleet.Sprites)
        {
            var way = sprite.Nats ? WayNames.Nats : sprite.Url is null ? Transports.Local : Transports.SpriteService;
            yield return new InfoTransport(way, sprite.Name, How(sprite));
        }
    }

    /// <summary>Of a command only its first word, and no token nor where it is.</summary>
    private static string How(SpriteConfig sprite) => sprite switch
    {
        { Nats: true, Url: null, Path: null, Pull.Count: 0 } => "what it publishes into the stream",
        { Nats: true } => $"the stream, else {How(sprite with { Nats = false })}",
        { Url: { } url, Path: { } path } => $"{url}, else the files in {path}",
        { Url: { } url } => url.ToString(),
        { Path: { } path } => $"the files in {path}",
        { Pull.Count: > 0 } => $"pulled by {sprite.Pull[0]}",
        _ => "config.yaml does not say how",
    };

    private InfoTelemetry? Telemetry()
    {
        try
        {
            return settings.Config.Telemetry.Settings(context.Environment) is { } found
                ? new InfoTelemetry(found.Endpoint.ToString(), (int)found.Interval.TotalSeconds)
                : null;
        }
        catch (SettingsException)
        {
            // The screen and the verbs say what is wrong with the variable, and are without telemetry.
            return null;
        }
    }

    private InfoCommand Superloop(string? repo)
    {
        try
        {
            var found = new CommandFinder(context.Files, context.Environment).Find(repo, binary);
            return new InfoCommand(found.File, $"found by {found.FoundBy}");
        }
        catch (ContractException error)
        {
            return new InfoCommand(null, error.Message);
        }
    }
}
