using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Model;
using OpsManager.Tui.Keys;

namespace OpsManager.Tui.State;

/// <summary>All that the screen is drawn from.</summary>
public sealed record AppModel
{
    public FleetModel Fleet { get; init; } = FleetModel.Empty;

    public UiState Ui { get; init; } = new();

    /// <summary>The wall clock; a replayed repository has its own.</summary>
    public DateTimeOffset Clock { get; init; }

    public required Keymap Keymap { get; init; }

    /// <summary>The shipped sample runs are playing; nothing here is live.</summary>
    public bool IsDemo { get; init; }

    /// <summary>What the operator should know about this session, such as a fallback that is in use; null mostly.</summary>
    public string? Notice { get; init; }

    /// <summary>Runs in the order of the list: what needs somebody first, then by name.</summary>
    public IReadOnlyList<LoopModel> Runs => runs ??= [.. Fleet.Loops.OrderBy(static loop => Urgency(loop.Verdict.Lifecycle)).ThenBy(static loop => loop.Repo, StringComparer.Ordinal).ThenBy(static loop => loop.Id, StringComparer.Ordinal)];

    /// <summary>Findings of all runs, the most severe first, then the newest.</summary>
    public IReadOnlyList<(LoopModel Loop, FindingRecord Finding)> Alerts => alerts ??=
        [.. Runs.SelectMany(static loop => loop.Verdict.Findings.Select(finding => (loop, finding)))
            .OrderByDescending(static alert => alert.finding.Severity).ThenByDescending(static alert => alert.finding.Since)];

    /// <summary>The run that timeline and detail show: the selected one, or the first.</summary>
    public LoopModel? Current => (Ui.Selected is { } key ? Fleet.Loop(key.Repo, key.Loop) : null) ?? (Runs.Count > 0 ? Runs[0] : null);

    public RepoModel? CurrentRepo => Current is { } loop ? Fleet.Repos[loop.Repo] : null;

    private IReadOnlyList<LoopModel>? runs;
    private IReadOnlyList<(LoopModel Loop, FindingRecord Finding)>? alerts;

    private AppModel(AppModel other)
    {
        // The copy of "with": lists that were computed belong to the fleet they were computed from.
        (Fleet, Ui, Clock, Keymap, IsDemo, Notice) = (other.Fleet, other.Ui, other.Clock, other.Keymap, other.IsDemo, other.Notice);
    }

    public AppModel()
    {
    }

    /// <summary>The time by which ages in this repository are measured.</summary>
    public DateTimeOffset NowIn(RepoModel repo) => repo.Replay is null ? Clock : repo.Now;

    /// <summary>How a loop is named on screen: by itself where there is one repository, else with its repository.</summary>
    public string NameOf(LoopModel loop) => Fleet.Repos.Count == 1 ? loop.Id : $"{RepoName(loop.Repo)}/{loop.Id}";

    public static string RepoName(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static int Urgency(Lifecycle lifecycle) => lifecycle switch
    {
        Lifecycle.Failed => 0,
        Lifecycle.AwaitingApproval => 1,
        Lifecycle.Unknown => 2,
        Lifecycle.Running => 3,
        Lifecycle.Stopped => 4,
        Lifecycle.Idle => 5,
        _ => 6,
    };
}
