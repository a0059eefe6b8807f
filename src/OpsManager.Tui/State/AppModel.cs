using System.Collections.Immutable;
using OpsManager.Contract.Manager;
using OpsManager.Core.Assessment;
using OpsManager.Core.Events;
using OpsManager.Core.Model;
using OpsManager.Sources.Local;
using OpsManager.Tui.Keys;
using OpsManager.Tui.Themes;

namespace OpsManager.Tui.State;

/// <summary>All that the screen is drawn from.</summary>
public sealed record AppModel
{
    public FleetModel Fleet { get; init; } = FleetModel.Empty;

    public UiState Ui { get; init; } = new();

    /// <summary>The wall clock; a replayed repository has its own.</summary>
    public DateTimeOffset Clock { get; init; }

    /// <summary>How long the session has run when the newest message came, by a clock that is never set.</summary>
    public TimeSpan Uptime { get; init; }

    /// <summary>Who acts here, as the runtime would record it.</summary>
    public string Operator { get; init; } = "operator";

    /// <summary>Why nothing can be sent from this session; null where it can.</summary>
    public string? WhyNoControl { get; init; }

    /// <summary>Sprites of config.yaml are watched, as that names them.</summary>
    public bool IsFleet { get; init; }

    /// <summary>How repositories that belong to a sprite are shown, by their path.</summary>
    public ImmutableDictionary<string, SpriteLook> Sprites { get; init; } = SpriteLook.None;

    public required Keymap Keymap { get; init; }

    public required Theme Theme { get; init; }

    /// <summary>The themes that can be chosen.</summary>
    public IReadOnlyList<string> ThemeNames { get; init; } = [];

    /// <summary>The shipped sample runs are playing; nothing here is live.</summary>
    public bool IsDemo { get; init; }

    /// <summary>What the operator should know about this session, such as a fallback that is in use; null mostly.</summary>
    public string? Notice { get; init; }

    /// <summary>The newest search; it may belong to another log or filter than is shown now.</summary>
    public LogSearch? Search { get; init; }

    /// <summary>The newest listing of files; it may belong to another run than is shown now.</summary>
    public FilesListed? Files { get; init; }

    /// <summary>Lines of the text in the pager.</summary>
    public int PagerLines { get; init; }

    /// <summary>Runs in the order of the list.</summary>
    public IReadOnlyList<LoopModel> Runs => runs ??= RunOrder.Of(Fleet, Ui.Sort, Ui.Held);

    /// <summary>The run list with its headings.</summary>
    public IReadOnlyList<RunRow> RunRows => runRows ??= RunRow.Of(Fleet, Runs);

    /// <summary>Findings of all runs, and sources that cannot be read; the most severe first, then the newest.</summary>
    public IReadOnlyList<Alert> Alerts => alerts ??=
        [.. Fleet.Repos.Values.SelectMany(AlertsOf).OrderByDescending(static alert => alert.Finding.Severity).ThenByDescending(static alert => alert.Finding.Since)];

    /// <summary>The run that timeline and detail show: the selected one, or the first.</summary>
    public LoopModel? Current => (Ui.Selected is { } key ? Fleet.Loop(key.Repo, key.Loop) : null) ?? (Runs.Count > 0 ? Runs[0] : null);

    public RepoModel? CurrentRepo => Current is { } loop ? Fleet.Repos[loop.Repo] : null;

    /// <summary>The timeline of the current run as the filter leaves it; null where there is no run.</summary>
    public TimelineRows? Timeline => Current is { } loop ? TimelineRows.Of(this, loop) : null;

    /// <summary>The filter that was typed; null where there is none, or it is not one.</summary>
    public EventFilter? Filter => EventFilter.TryParse(Ui.Filter, out var filter, out _) && !filter.IsEmpty ? filter : null;

    /// <summary>What is wrong with the filter; null where nothing is.</summary>
    public string? FilterFault => EventFilter.TryParse(Ui.Filter, out _, out var fault) ? null : fault;

    /// <summary>Files of the current run's loop; empty until they were listed.</summary>
    public LoopFileList CurrentFiles => Files is { } listed && Current is { } loop && listed.Loop == LoopKey.Of(loop) ? listed.Files : LoopFileList.Empty;

    /// <summary>Loops that the manager has stepped back from, or is about to.</summary>
    public IReadOnlyList<LoopModel> RolledBack => rolledBack ??= [.. Fleet.Loops.Where(static loop => loop.Rollback is not null || loop.Trigger is not null)];

    private IReadOnlyList<LoopModel>? rolledBack;
    private IReadOnlyList<string>? healthCodes;
    private IReadOnlyList<LoopModel>? runs;
    private IReadOnlyList<RunRow>? runRows;
    private IReadOnlyList<Alert>? alerts;

    private AppModel(AppModel other)
    {
        // The copy of "with": lists that were computed belong to the model they were computed from.
        (Fleet, Ui, Clock, Keymap, Theme, ThemeNames) = (other.Fleet, other.Ui, other.Clock, other.Keymap, other.Theme, other.ThemeNames);
        (IsDemo, Notice, Search, Files, PagerLines) = (other.IsDemo, other.Notice, other.Search, other.Files, other.PagerLines);
        (Uptime, Operator, WhyNoControl, IsFleet, Sprites) = (other.Uptime, other.Operator, other.WhyNoControl, other.IsFleet, other.Sprites);
    }

    public AppModel()
    {
    }

    /// <summary>The time by which ages in this repository are measured.</summary>
    public DateTimeOffset NowIn(RepoModel repo) => repo.Replay is null ? Clock : repo.Now;

    /// <summary>How a loop is named on screen: by itself where there is one repository, else with its repository.</summary>
    public string NameOf(LoopModel loop) => Fleet.Repos.Count == 1 ? loop.Id : $"{NameOf(loop.Repo)}/{loop.Id}";

    /// <summary>How a repository is named on screen: as its sprite, or as its directory.</summary>
    public string NameOf(string repo) => Sprites.TryGetValue(repo, out var sprite) ? sprite.Name : RepoName(repo);

    public static string RepoName(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>The worst health of anything that is watched; a source that cannot be read is critical, whatever its loops said last.</summary>
    public HealthStatus Health => Fleet.Repos.Values.Any(static repo => repo.Failure is not null)
        ? HealthStatus.Critical
        : Fleet.Loops.Select(static loop => loop.Health.Status).DefaultIfEmpty(HealthStatus.Healthy).Max();

    /// <summary>Why it is no better, in the codes of the loops that are worst.</summary>
    public IReadOnlyList<string> HealthCodes => healthCodes ??= Health is not HealthStatus.Healthy and var worst
        ? [.. Fleet.Loops.Where(loop => loop.Health.Status == worst).SelectMany(static loop => loop.Health.Codes).Distinct()]
        : [];

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
}
