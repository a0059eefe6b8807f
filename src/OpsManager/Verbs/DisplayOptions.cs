using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Configuration;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract.Words;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Lifetime;
using OpsManager.Tui.Themes;

namespace OpsManager.Verbs;

/// <summary>How a screen is drawn and which keys it has, whatever it shows (docs/usage.md).</summary>
internal sealed class DisplayOptions
{
    private readonly Option<string?> color = new(FlagNames.Color)
    {
        Description = "Colours to use. Default: what the terminal says it can do.",
    };

    private readonly Option<bool> ascii = new(FlagNames.Ascii) { Description = "Draw with ASCII characters only." };

    private readonly Option<string?> theme = new(FlagNames.Theme)
    {
        HelpName = "NAME",
        Description = "Theme. Default: that of config.yaml, else one that fits the terminal's colours.",
    };

    private readonly Option<string?> keymap = CommonOptions.Keymap();

    private readonly Option<bool> mouse = new(FlagNames.Mouse)
    {
        Description = "Take the mouse: click, scroll, drag. Default: what config.yaml says; else the terminal's own selection works.",
    };

    private readonly Option<bool> strict = new(FlagNames.Strict)
    {
        Description = "Refuse to start if a settings file cannot be used, instead of using a shipped one.",
    };

    public void AddTo(Command command)
    {
        color.AcceptOnlyFromAmong([.. ColorDepthRule.FlagValues]);
        foreach (var option in new Option[] { color, ascii, theme, keymap, mouse, strict })
        {
            command.Options.Add(option);
        }
    }

    public TerminalOptions Terminal(ParseResult args, VerbContext context, UserSettings settings)
    {
        var terminal = TerminalOptions.From(context.Environment, args.GetValue(color)) with
        {
            Mouse = args.GetValue(mouse) || settings.Config.Mouse,
        };
        return args.GetValue(ascii) ? terminal with { Ascii = true } : terminal;
    }

    /// <summary>Theme and keymap.</summary>
    /// <param name="before">The theme of the session before; null where there is none.</param>
    /// <exception cref="SettingsException">A flag names one that is not there, or a settings file is wrong and may not be.</exception>
    public ChosenSettings Choose(ParseResult args, UserSettings settings, TerminalOptions terminal, string? before)
    {
        var chosen = settings.Choose(args.GetValue(theme) ?? before, args.GetValue(keymap), FittingTheme.For(terminal));
        return args.GetValue(strict) && chosen.Problems is [var problem, ..] ? throw new SettingsException(problem) : chosen;
    }
}
