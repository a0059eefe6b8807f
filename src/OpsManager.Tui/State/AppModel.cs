using System.Collections.Immutable;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Core.Events;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Sources.Local;

namespace OpsManager.Tui.State;

/// <summary>All that the screen is drawn from.</summary>
public sealed record AppModel
{
    public FleetModel Fleet { get; init; } = FleetModel.Empty;

    public UiState Ui { get; init; } = new();

    /// <summary>The wall clock; a replayed repository has its own.</summary>
    public DateTimeOffset Clock { get; init; }

    /// <summary>Steady time: what ages and what goes away by itself is measured by it. <see cref="Clock"/> where nobody tells it.</summary>
    public DateTimeOffset Steady
    {
        get => steady ?? Clock;
        init => steady = value;
    }

    /// <summary>How long the session has run when the newest message came, by a clock that is never set.</summary>
    public TimeSpan Uptime { get; init; }

    /// <summary>Who acts here, as the runtime would record it.</summary>
    public string Operator { get; init; } = "operator";

    /// <summary>Why nothing can be sent from this session, whatever the run; null where it can. See <see cref="WhyNotIn"/>.</summary>
    public string? WhyNoControl { get; init; }

    /// <summary>Sprites of config.yaml are watched, as that names them.</summary>
    public bool IsFleet { get; init; }

    /// <summary>How repositories that belong to a sprite are shown, by their path.</summary>
    public ImmutableDictionary<string, SpriteLook> Sprites { get; init; } = SpriteLook.None;

    /// <summary>Repositories that are watched from the start, by their path; those of sprites are in <see cref="Sprites"/>.</summary>
    public ImmutableArray<string> Repositories { get; init; } = [];

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

    /// <summary>The lines of the log that were read last; they may be others than are visible now.</summary>
    public VisibleLines? Lines { get; init; }

    /// <summary>Where everything stands, by the newest message.</summary>
    public ScreenLayout Layout { get; init; } = ScreenLayout.Nothing;

    /// <summary>Runs that the list shows, in its order.</summary>
    public IReadOnlyList<LoopModel> Runs => Lists.Shown;

    /// <summary>Every run in the same order, whatever the filter of the list leaves.</summary>
    public IReadOnlyList<LoopModel> AllRuns => Lists.All;

    /// <summary>The run list with its headings.</summary>
    public IReadOnlyList<RunRow> RunRows => Lists.Rows;

    /// <summary>The run list and what belongs to it.</summary>
    public RunLists Lists => lists = RunLists.Of(this, lists);

    /// <summary>Findings of all runs that nothing explains, and sources that cannot be read; the most severe first, then the newest.</summary>
    public IReadOnlyList<Alert> Alerts => Digest.Alerts;

    /// <summary>The run that timeline and detail show: the selected one, or the nearest that the list shows, or its first.</summary>
    public LoopModel? Current => Chosen is { Loop.Length: > 0 } run ? Fleet.Loop(run.Repo, run.Loop) : null;

    /// <summary>The source whose own row is chosen; null where a run is, or nothing.</summary>
    public RepoModel? CurrentSource => Chosen is { Loop.Length: 0 } source ? SourceOf(source.Repo) : null;

    public RepoModel? CurrentRepo => Current is { } loop ? Fleet.Repos[loop.Repo] : CurrentSource;

    /// <summary>The row of the list that is chosen: a run, or a source of which nothing can be shown but itself; null where there is no row.</summary>
    public LoopKey? Chosen => Lists.Chosen(Ui.Selected);

    /// <summary>Everything that is watched, also what has not said anything yet, in order of their paths.</summary>
    public IEnumerable<RepoModel> Sources => Fleet.Repos.Values.Concat(Unheard.Select(static path => new RepoModel(path)));

    /// <summary>Paths of what is watched and has not said anything yet, in their order.</summary>
    public IEnumerable<string> Unheard => Repositories.Concat(IsFleet ? Sprites.Keys : []).Where(path => !Fleet.Repos.ContainsKey(path))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>A source, also one that has not said anything yet.</summary>
    public RepoModel SourceOf(string path) => Fleet.Repos.TryGetValue(path, out var repo) ? repo : new RepoModel(path);

    /// <summary>Where a source stands; one that could not be opened is not reached.</summary>
    public SourceStanding StandingOf(RepoModel source) => Sprites.TryGetValue(source.Path, out var look) && look.Fault is { } fault
        ? new(SourceCondition.Unreachable, fault, null)
        : SourceStanding.Of(source);

    /// <summary>The timeline of the current run as the filter leaves it; null where there is no run.</summary>
    public TimelineRows? Timeline => Current is { } loop ? TimelineRows.From(this, loop) : null;

    /// <summary>The filter that was typed; null where there is none, or it is not one.</summary>
    public EventFilter? Filter => EventFilter.TryParse(Ui.Filter, out var filter, out _) && !filter.IsEmpty ? filter : null;

    /// <summary>What is wrong with the filter; null where nothing is.</summary>
    public string? FilterFault => EventFilter.TryParse(Ui.Filter, out _, out var fault) ? null : fault;

    /// <summary>Files of the current run's loop; empty until they were listed.</summary>
    public LoopFileList CurrentFiles => Files is { } listed && Current is { } loop && listed.Loop == LoopKey.Of(loop) ? listed.Files : LoopFileList.Empty;

    /// <summary>Loops that the manager has stepped back from, or is about to.</summary>
    public IReadOnlyList<LoopModel> RolledBack => Digest.RolledBack;

    private FleetDigest Digest => digest = FleetDigest.Of(Fleet, digest);

    private FleetDigest? digest;
    private RunLists? lists;
    private readonly DateTimeOffset? steady;

    private AppModel(AppModel other)
    {
        // The copy of "with": what was computed goes along, and knows itself what it was computed from.
        (digest, lists) = (other.digest, other.lists);
        (Fleet, Ui, Clock, steady, Keymap, Theme) = (other.Fleet, other.Ui, other.Clock, other.steady, other.Keymap, other.Theme);
        ThemeNames = other.ThemeNames;
        (IsDemo, Notice, Search, Files, Lines, Layout) = (other.IsDemo, other.Notice, other.Search, other.Files, other.Lines, other.Layout);
        (Uptime, Operator, WhyNoControl, IsFleet, Sprites) = (other.Uptime, other.Operator, other.WhyNoControl, other.IsFleet, other.Sprites);
        Repositories = other.Repositories;
    }

    public AppModel()
    {
    }

    /// <summary>The time by which ages in this repository are measured.</summary>
    public AgeClock NowIn(RepoModel repo) => repo.Replay is null ? new AgeClock(Steady, repo.Clock) : repo.Now;

    /// <summary>How a loop is named on screen: by itself where there is one repository, else with its repository.</summary>
    public string NameOf(LoopModel loop) => Fleet.Repos.Count == 1 ? loop.Id : $"{NameOf(loop.Repo)}/{loop.Id}";

    /// <summary>How a repository is named on screen: as its sprite, or as its directory.</summary>
    public string NameOf(string repo) => Sprites.TryGetValue(repo, out var sprite) ? sprite.Name : RepoName(repo);

    public static string RepoName(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>Why nothing can be sent to the loops of a repository from this session; null where it can.</summary>
    public string? WhyNotIn(string repo) => WhyNoControl ?? (Sprites.TryGetValue(repo, out var sprite) && sprite.IsPassive ? "config.yaml keeps this sprite passive" : null);

    /// <summary>What the header says of everything that is watched; what has not said anything yet counts too.</summary>
    public HeaderFacts Header => Unheard.Aggregate(Digest.Header, (facts, path) => facts.With(StandingOf(new RepoModel(path)).Condition));

    /// <summary>Why health is no better, in the codes of the loops that are worst.</summary>
    public IReadOnlyList<string> HealthCodes => Digest.HealthCodes;
}
