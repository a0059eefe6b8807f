using OpsManager.Contract.Text;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Shell;

/// <summary>What the next session starts with. Words, so that an older or newer program can read it.</summary>
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

    internal static SessionState From(AppModel model, ColorDepth depth) => new()
    {
        Pane = model.Ui.Focus.ToString(),
        Zoomed = model.Ui.Zoomed,
        Tab = model.Ui.Detail.Tab.ToString(),
        Filter = model.Ui.Timeline.Filter,
        RunFilter = model.Ui.Runs.Filter,
        Sort = model.Ui.Runs.Sort.ToString(),
        Times = model.Ui.Timeline.Times.ToString(),
        Theme = model.Theme.Name,
        Colors = depth.ToString(),
        Repo = model.Ui.Runs.Selected?.Repo,
        Loop = model.Ui.Runs.Selected?.Loop,
    };

    /// <summary>
    /// The same, where the theme is the one that the session began with: then nobody chose it, and what was kept before stays. A
    /// theme that was only the default must not override a setting that is made later.
    /// </summary>
    public SessionState WithoutUnchosenTheme(string atStart, SessionState? before) =>
        Theme == atStart ? this with { Theme = before?.Theme, Colors = before?.Colors } : this;

    /// <summary>The state that a screen starts with; what cannot be understood is left as it is by default.</summary>
    internal UiState Apply(UiState ui) => ui with
    {
        Focus = Word(Pane, ui.Focus),
        Zoomed = Zoomed,
        Detail = ui.Detail with { Tab = Word(Tab, ui.Detail.Tab) },
        Timeline = ui.Timeline with { Filter = Clean(Filter), Times = Word(Times, ui.Timeline.Times) },
        Runs = ui.Runs with
        {
            Filter = Clean(RunFilter),
            Sort = Word(Sort, ui.Runs.Sort),
            Selected = Repo is { Length: > 0 } && Loop is { Length: > 0 } ? new LoopKey(Repo, Loop) : null,
        },
    };

    /// <summary>The theme, where it is one of <paramref name="names"/> and was chosen for as many colours; else null.</summary>
    public string? ThemeFor(ColorDepth depth, IReadOnlyList<string> names) =>
        Colors == depth.ToString() && Theme is { } theme && names.Contains(theme) ? theme : null;

    private static string Clean(string? typed) => typed is { Length: <= MaxFilter } ? SafeText.Clean(typed) : "";

    private static T Word<T>(string? word, T otherwise)
        where T : struct, Enum => Enum.TryParse<T>(word, out var value) && Enum.IsDefined(value) ? value : otherwise;
}
