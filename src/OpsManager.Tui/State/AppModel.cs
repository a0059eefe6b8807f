using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Assessment;
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

    /// <summary>Findings of all runs, and sources that cannot be read; the most severe first, then the newest.</summary>
    public IReadOnlyList<Alert> Alerts => alerts ??=
        [.. Fleet.Repos.Values.SelectMany(AlertsOf).OrderByDescending(static alert => alert.Finding.Severity).ThenByDescending(static alert => alert.Finding.Since)];

    /// <summary>The run that timeline and detail show: the selected one, or the first.</summary>
    public LoopModel? Current => (Ui.Selected is { } key ? Fleet.Loop(key.Repo, key.Loop) : null) ?? (Runs.Count > 0 ? Runs[0] : null);

    public RepoModel? CurrentRepo => Current is { } loop ? Fleet.Repos[loop.Repo] : null;

    private IReadOnlyList<LoopModel>? runs;
    private IReadOnlyList<Alert>? alerts;

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

    /// <summary>The worst health of anything that is watched; a source that cannot be read is critical, whatever its loops said last.</summary>
    public HealthStatus Health => Fleet.Repos.Values.Any(static repo => repo.Failure is not null)
        ? HealthStatus.Critical
        : Runs.Select(static loop => loop.Health.Status).DefaultIfEmpty(HealthStatus.Healthy).Max();

    private static IEnumerable<Alert> AlertsOf(RepoModel repo)
    {
        // A failed source speaks for all its loops at once, so it is told once and not for each.
        if (repo.Failure is { } failure)
        {
            var evidence = new EvidenceRecord { Source = "source", Fact = failure.Fault, Path = null };
            yield return new(repo, null, new FindingRecord { Code = FindingCodes.SourceFailed, Severity = Severity.Error, Since = failure.Since, Evidence = [evidence] });
        }

        foreach (var loop in repo.Loops.Values)
        {
            foreach (var finding in loop.Verdict.Findings.Where(static finding => finding.Code != FindingCodes.SourceFailed))
            {
                yield return new(repo, loop, finding);
            }
        }
    }

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
