using System.Collections.Immutable;
using System.Globalization;
using System.IO.Abstractions;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Processes;
using OpsManager.Tui.Watch;

namespace OpsManager.Benchmarks.Data;

/// <summary>
/// A fleet in memory: the model of one loop that was read, under many names and in several states, and what it becomes when it moves.
/// </summary>
internal sealed class ListedFleet
{
    private const int Lines = 40;

    /// <summary>Lines by which a loop can move on.</summary>
    private const int Steps = 10;

    private static readonly Lifecycle[] States =
    [
        Lifecycle.Running, Lifecycle.Running, Lifecycle.Idle, Lifecycle.Running, Lifecycle.Complete, Lifecycle.AwaitingApproval,
        Lifecycle.Running, Lifecycle.Stopped, Lifecycle.Running, Lifecycle.Failed,
    ];

    private readonly List<LoopModel> steps = [];
    private readonly int loops;
    private int moved;

    public ListedFleet(int sprites, int loops)
    {
        this.loops = loops;
        using var repo = new BenchRepo(1, Lines);
        var source = LocalSource.Open(new FileSystem(), repo.Path, FollowOptions.Default);
        var follower = new RepoFollower(repo.Path, source.Files, new NoProcessTable(), FollowOptions.Default);
        var fold = new Reducer(FoldOptions.Default);
        var read = fold.Reduce(FleetModel.Empty, [new RepoOpened(WatchedLog.Now, repo.Path)]);
        var more = new RandomLog(7);
        for (var step = 0; step <= Steps; step++)
        {
            read = fold.Reduce(read, follower.Look(WatchedLog.Now, always: true));
            steps.Add(read.Loop(repo.Path, BenchRepo.Name(0))!);
            repo.Append(0, more.Bytes(1));
        }

        var known = read.Repos[repo.Path];
        Fleet = FleetModel.Empty with
        {
            Repos = ImmutableSortedDictionary.CreateRange(
                StringComparer.Ordinal,
                Enumerable.Range(0, sprites).Select(sprite => KeyValuePair.Create(Path(sprite), Made(known, sprite)))),
        };
        Sprites = SpriteStyle.None.AddRange(Enumerable.Range(0, sprites).Select(static sprite => KeyValuePair.Create(
            Path(sprite), new SpriteStyle(Name(sprite), ValueList<string>.Empty, null, false))));
    }

    /// <summary>As it stands now.</summary>
    public FleetModel Fleet { get; private set; }

    public ImmutableDictionary<string, SpriteStyle> Sprites { get; }

    /// <summary>So many loops, one after the other, move on by a line.</summary>
    public FleetModel Move(int count)
    {
        var repos = Fleet.Repos.ToBuilder();
        for (; count > 0; count--, moved++)
        {
            var (sprite, loop) = (moved * 7 % repos.Count, moved % loops);
            var repo = repos[Path(sprite)];
            var known = repo.Loops[BenchRepo.Name(loop)];
            var next = Named(steps[1 + (moved % Steps)], sprite, loop) with { Verdict = known.Verdict };
            repos[repo.Path] = repo with { Now = WatchedLog.Now, Loops = repo.Loops.SetItem(known.Id, next) };
        }

        return Fleet = Fleet with { Repos = repos.ToImmutable() };
    }

    /// <summary>Every sprite was looked at, and nothing was new.</summary>
    public FleetModel Tick()
    {
        var repos = Fleet.Repos.ToBuilder();
        foreach (var repo in Fleet.Repos.Values)
        {
            repos[repo.Path] = repo with { LookedAt = repo.LookedAt.AddSeconds(1) };
        }

        return Fleet = Fleet with { Repos = repos.ToImmutable() };
    }

    private static string Name(int sprite) => string.Create(CultureInfo.InvariantCulture, $"sprite-{sprite:0000}");

    private static string Path(int sprite) => $"/home/operator/.local/state/ops-manager/sprites/{Name(sprite)}";

    private static LoopModel Named(LoopModel read, int sprite, int loop) => read with { Repo = Path(sprite), Id = BenchRepo.Name(loop) };

    private RepoModel Made(RepoModel read, int sprite)
    {
        var made = Enumerable.Range(0, loops).Select(loop =>
        {
            var number = (sprite * loops) + loop;
            var state = States[number * 7 % 10 * (number % 3 == 0 ? 1 : 0)];
            var verdict = steps[0].Verdict with
            {
                Ruling = steps[0].Verdict.Ruling with { Lifecycle = state, Since = WatchedLog.Now.AddSeconds(-number) },
                Findings = state == Lifecycle.Failed ? [Failed(number)] : [],
            };
            return KeyValuePair.Create(BenchRepo.Name(loop), Named(steps[0], sprite, loop) with { Verdict = verdict });
        });
        return read with
        {
            Path = Path(sprite),
            Sprite = new SpriteState
            {
                Name = Name(sprite),
                ConnectionMode = ConnectionMode.Service,
                By = "nats",
                GoodAt = WatchedLog.Now,
            },
            Loops = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, made),
        };
    }

    private static FindingRecord Failed(int number) => new()
    {
        Code = "process_gone",
        Severity = Severity.Error,
        Since = WatchedLog.Now.AddSeconds(-number),
        Evidence = [new EvidenceRecord { Source = "process", Fact = "process 4711 has exited", Path = null }],
    };
}
