using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Replay;

namespace OpsManager.Testing;

/// <summary>A repository in memory with everything that watches it, on a clock that only the test moves.</summary>
internal sealed class WatchedRepo
{
    public const string Path = "/srv/app";

    /// <summary>A process whose claim a test makes without saying more.</summary>
    public const int Pid = 4711;

    public static readonly DateTimeOffset Start = new(2026, 11, 22, 19, 0, 0, TimeSpan.Zero);

    private readonly TapeProcesses processes = new();
    private readonly Reducer reducer;
    private readonly RepoFollower follower;

    public WatchedRepo(FoldOptions? fold = null, TapeFiles? files = null)
    {
        Files = files ?? new TapeFiles();
        reducer = new Reducer(fold ?? FoldOptions.Default);
        follower = new RepoFollower(Path, Files, processes, FollowOptions.Default);
    }

    public TapeFiles Files { get; }

    public DateTimeOffset Now { get; private set; } = Start;

    public FleetModel Fleet { get; private set; } = FleetModel.Empty;

    public RepoModel Repo => Fleet.Repos[Path];

    public LoopModel Loop => Fleet.Loop(Path, RuntimeText.Loop)!;

    public WatchedRepo Put(string path, string text) => Put(path, Encoding.UTF8.GetBytes(text));

    public WatchedRepo Put(string path, byte[] text) => Apply(new TapePut(default, 0, path, text));

    public WatchedRepo Append(string path, byte[] text) => Apply(new TapeAppend(default, 0, path, text));

    public WatchedRepo Remove(string path) => Apply(new TapeRemove(default, 0, path));

    public WatchedRepo State(string text) => Put(ArtifactPaths.State, text);

    public WatchedRepo ActiveRun(string text) => Put(ArtifactPaths.ActiveRun, text);

    public WatchedRepo Approval(string text) => Put(ArtifactPaths.Approval(RuntimeText.Loop), text);

    public WatchedRepo Summary(string text) => Put(ArtifactPaths.Summary(RuntimeText.Loop), text);

    public WatchedRepo Heartbeat(string text) => Put(ArtifactPaths.Heartbeat(RuntimeText.Loop), text);

    /// <summary>Appends whole lines to the loop's log.</summary>
    public WatchedRepo Events(params string[] lines) =>
        Append(ArtifactPaths.Events(RuntimeText.Loop), Encoding.UTF8.GetBytes(string.Concat(lines)));

    public WatchedRepo Process(bool alive, int pid = Pid) => Apply(new TapeProcess(default, 0, pid, alive));

    public WatchedRepo Wait(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    /// <summary>Looks at everything and folds what was seen, and that it is now; the loop as it is then.</summary>
    public LoopModel Look()
    {
        LookAtAll();
        Fold(new Ticked(Now, Path));
        return Loop;
    }

    /// <summary>The same where the loop may not be there.</summary>
    public void LookAtAll() => Fold(follower.Look(Now, always: true));

    /// <summary>Looks only at what is due.</summary>
    public void LookAtDue() => Fold(follower.Look(Now));

    public void Fold(params IReadOnlyList<Observation> seen)
    {
        if (seen.Count > 0)
        {
            Fleet = reducer.Reduce(Fleet, seen);
        }
    }

    public WatchedRepo Apply(TapeStep step)
    {
        Files.Apply(step, Now);
        processes.Apply(step);
        return this;
    }
}
