using System.Collections.Immutable;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Model;
using OpsManager.Core.Reports;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Sources.Replay;

namespace OpsManager.Tui.Watch;

/// <summary>
/// What a session watches, by which clock, and whether it may act on it. It knows nothing of what the operator has set by hand, so that
/// every pane can be given it.
/// </summary>
internal record Watched
{
    // What was computed travels with each copy, because "with" copies private fields too. It knows of which model it is, so that it is
    // never taken for that of another. AppModel keeps its run list in the same way.
    private FleetDigest? digest;
    private UnheardSources? unheard;
    private readonly DateTimeOffset? steady;

    public FleetModel Fleet { get; init; } = FleetModel.Empty;

    /// <summary>Where the recording stands; null in a live session. Of the same moment as <see cref="Fleet"/>.</summary>
    public ReplayState? Replay { get; init; }

    /// <summary>The wall clock; a replayed repository has its own.</summary>
    public DateTimeOffset Clock { get; init; }

    /// <summary>
    /// Steady time: what ages and what goes away by itself is measured by it. <see cref="Clock"/> where nobody tells it.
    /// </summary>
    public DateTimeOffset Steady
    {
        get => steady ?? Clock;
        init => steady = value;
    }

    /// <summary>How long the session has run when the newest message came, by a clock that is never set.</summary>
    public TimeSpan Uptime { get; init; }

    /// <summary>The recording is what was kept of a live session, which goes on when it is left.</summary>
    public bool IsPast { get; init; }

    /// <summary>What is recorded of each repository on this host, by its path.</summary>
    public ImmutableDictionary<string, RepoRecording> Recorded { get; init; } = RepoRecording.None;

    /// <summary>Who acts here, as the runtime would record it.</summary>
    public string Operator { get; init; } = "operator";

    /// <summary>Why nothing can be sent from this session, whatever the run; null where it can. See <see cref="WhyNotIn"/>.</summary>
    public string? WhyNoControl { get; init; }

    /// <summary>Sprites of config.yaml are watched, as that names them.</summary>
    public bool IsFleet { get; init; }

    /// <summary>How repositories that belong to a sprite are shown, by their path.</summary>
    public ImmutableDictionary<string, SpriteStyle> Sprites { get; init; } = SpriteStyle.None;

    /// <summary>Repositories that are watched from the start, by their path; those of sprites are in <see cref="Sprites"/>.</summary>
    public ImmutableArray<string> Repositories { get; init; } = [];

    /// <summary>
    /// Findings of all runs that nothing explains, and sources that cannot be read; the most severe first, then the newest.
    /// </summary>
    public IReadOnlyList<Alert> Alerts => Digest.Alerts;

    /// <summary>Loops that are rolled back, or are about to be.</summary>
    public IReadOnlyList<LoopModel> RolledBack => Digest.RolledBack;

    /// <summary>What the header says of everything that is watched; what has not said anything yet counts too.</summary>
    public FleetCounts Header => Unheard.Aggregate(Digest.Header, (facts, path) => facts.With(StandingOf(new RepoModel(path)).Condition));

    /// <summary>Why health is no better, in the codes of the loops that are worst.</summary>
    public IReadOnlyList<string> HealthCodes => Digest.HealthCodes;

    /// <summary>Everything that is watched, also what has not said anything yet, in order of their paths.</summary>
    public IEnumerable<RepoModel> Sources => Fleet.Repos.Values.Concat(Unheard.Select(static path => new RepoModel(path)));

    /// <summary>How many these are.</summary>
    public int SourceCount => Fleet.Repos.Count + Unheard.Count;

    /// <summary>Paths of what is watched and has not said anything yet, in their order.</summary>
    public IReadOnlyList<string> Unheard => (unheard = UnheardSources.From(this, unheard)).Paths;

    private FleetDigest Digest => digest = FleetDigest.From(Fleet, digest);

    /// <summary>A source, also one that has not said anything yet.</summary>
    public RepoModel SourceOf(string path) => Fleet.Repos.TryGetValue(path, out var repo) ? repo : new RepoModel(path);

    /// <summary>Where a source stands; one that could not be opened is not reached.</summary>
    public SourceStanding StandingOf(RepoModel source) => StandingOf(source, Sprites.GetValueOrDefault(source.Path));

    /// <param name="look">How it is shown; null where it is no sprite of config.yaml.</param>
    public static SourceStanding StandingOf(RepoModel source, SpriteStyle? look) =>
        look?.Fault is { } fault ? new(SourceCondition.Unreachable, fault, null) : SourceStanding.From(source);

    /// <summary>The loop with this identity; null where it is no longer there.</summary>
    public LoopModel? Find(LoopKey run) => Fleet.Loop(run.Repo, run.Loop);

    /// <summary>The time by which ages in this repository are measured.</summary>
    public AgeClock NowIn(RepoModel repo) => repo.Replay is null ? new AgeClock(Steady, repo.Clock) : repo.Now;

    /// <summary>The day that it is in this repository, UTC.</summary>
    public DateOnly TodayIn(RepoModel repo) => DateOnly.FromDateTime((repo.Replay is null ? Clock : repo.Now).UtcDateTime);

    /// <summary>How a loop is named on screen: by itself where there is one repository, else with its repository.</summary>
    public string NameOf(LoopModel loop) => Fleet.Repos.Count == 1 ? loop.Id : $"{NameOf(loop.Repo)}/{loop.Id}";

    /// <summary>How a repository is named on screen: as its sprite, or as its directory.</summary>
    public string NameOf(string repo) => NameOf(repo, Sprites.GetValueOrDefault(repo));

    /// <param name="look">How it is shown; null where it is no sprite of config.yaml.</param>
    public static string NameOf(string repo, SpriteStyle? look) => look?.Name ?? RepoName.Of(repo);

    /// <summary>Why nothing can be sent to the loops of a repository from this session; null where it can.</summary>
    public string? WhyNotIn(string repo) =>
        WhyNoControl ?? (Sprites.TryGetValue(repo, out var sprite) && sprite.IsPassive ? "config.yaml sets this sprite to passive" : null);
}
