using OpsManager.Contract.Text;
using OpsManager.Tui.Terminal.Colour;

namespace OpsManager.Tui.State;

/// <summary>What of a session is taken up again by the next one. Words, so that an older or newer program can read it.</summary>
public sealed record SessionState
{
    private const int MaxFilter = 500;

    public string? Pane { get; init; }

    public bool Zoomed { get; init; }

    public string? Tab { get; init; }

    public string? Filter { get; init; }

    /// <summary>That of the run list.</summary>
    public string? RunFilter { get; init; }

    public string? Sort { get; init; }

    public string? Times { get; init; }

    public string? Theme { get; init; }

    /// <summary>The colours that the theme was chosen for.</summary>
    public string? Colors { get; init; }

    public string? Repo { get; init; }

    public string? Loop { get; init; }

    public static SessionState Of(AppModel model, ColorDepth depth) => new()
    {
        Pane = model.Ui.Focus.ToString(),
        Zoomed = model.Ui.Zoomed,
        Tab = model.Ui.Tab.ToString(),
        Filter = model.Ui.Filter,
        RunFilter = model.Ui.RunFilter,
        Sort = model.Ui.Sort.ToString(),
        Times = model.Ui.Times.ToString(),
        Theme = model.Theme.Name,
        Colors = depth.ToString(),
        Repo = model.Ui.Selected?.Repo,
        Loop = model.Ui.Selected?.Loop,
    };

    /// <summary>
    /// The same, where the theme is the one that the session began with: then nobody chose it, and what was kept before stays. A
    /// theme that was only the default must not stand in the way of a setting that is made later.
    /// </summary>
    public SessionState WithoutUnchosenTheme(string atStart, SessionState? before) =>
        Theme == atStart ? this with { Theme = before?.Theme, Colors = before?.Colors } : this;

    /// <summary>The state that a screen starts with; what cannot be understood is left as it is by default.</summary>
    public UiState Apply(UiState ui) => ui with
    {
        Focus = Word(Pane, ui.Focus),
        Zoomed = Zoomed,
        Tab = Word(Tab, ui.Tab),
        Filter = Filter is { Length: <= MaxFilter } filter ? SafeText.Clean(filter) : "",
        RunFilter = RunFilter is { Length: <= MaxFilter } runs ? SafeText.Clean(runs) : "",
        Sort = Word(Sort, ui.Sort),
        Times = Word(Times, ui.Times),
        Selected = Repo is { Length: > 0 } && Loop is { Length: > 0 } ? new LoopKey(Repo, Loop) : null,
    };

    /// <summary>The theme, where it is one of <paramref name="names"/> and was chosen for as many colours; else null.</summary>
    public string? ThemeFor(ColorDepth depth, IReadOnlyList<string> names) => Colors == depth.ToString() && Theme is { } theme && names.Contains(theme) ? theme : null;

    private static T Word<T>(string? word, T otherwise)
        where T : struct, Enum => Enum.TryParse<T>(word, out var value) && Enum.IsDefined(value) ? value : otherwise;
}
