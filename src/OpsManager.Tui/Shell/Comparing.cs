using OpsManager.Tui.Compare;
using OpsManager.Tui.Pager;

namespace OpsManager.Tui.Shell;

/// <summary>Compares two runs, and shows what they differ in as a text over the panes.</summary>
internal static class Comparing
{
    private const string Path = "comparison";

    public static Step Open(AppModel model, CompareRequest request) => new(
        model with { Ui = model.Ui with { Overlay = Overlay.Pager, Pager = Text(request, ["The runs are being read …"]) } },
        new CompareRuns(request));

    /// <summary>The result; dropped where the text was closed meanwhile.</summary>
    public static AppModel Take(AppModel model, RunsCompared compared) =>
        model.Ui.Pager is { Made: not null, Title: var title } && title == Title(compared.Request)
            ? model with { Ui = model.Ui with { Pager = Text(compared.Request, compared.Lines) } }
            : model;

    private static PagerState Text(CompareRequest request, IReadOnlyList<string> lines) =>
        new(request.A.Repo, Path, null, Title(request)) { Made = lines };

    private static string Title(CompareRequest request) =>
        request.B is { } other ? $"DIFF  {request.A.Loop}  {other.Loop}" : $"DIFF  {request.A.Loop}";
}
