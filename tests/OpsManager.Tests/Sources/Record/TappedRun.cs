using System.IO.Abstractions;
using OpsManager.Contract.Tapes;
using OpsManager.Contract.Words;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Processes;
using OpsManager.Sources.Record;
using OpsManager.Sources.Replay;

namespace OpsManager.Tests.Sources.Record;

/// <summary>A follower whose looks are recorded, by a clock that the test moves, and what was shown of the loops meanwhile.</summary>
internal sealed class TappedRun : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 19, 0, 0, TimeSpan.Zero);

    private readonly string root;
    private readonly RepoTap tap;
    private readonly IDisposable looks;
    private readonly Reducer reducer = new(FoldOptions.Default);
    private readonly List<TapedLook> taped = [];
    private RepoFollower follower;
    private FleetModel fleet;

    public TappedRun(string root, IProcessTable? processes = null, DateTimeOffset? start = null, bool withReports = false)
    {
        this.root = root;
        Now = RecordedAt = start ?? Start;
        tap = new RepoTap(GuardedFiles.Open(new FileSystem(), root), processes ?? new NoProcessTable(), withReports);
        looks = tap.Looks.Subscribe(taped.Add);
        follower = NewFollower();
        fleet = reducer.Reduce(FleetModel.Empty, [new Core.Facts.Observations.RepoOpened(Now, root)]);
    }

    public DateTimeOffset RecordedAt { get; }

    public DateTimeOffset Now { get; set; }

    /// <summary>What was shown, each once: loop, lifecycle, reason, findings.</summary>
    public List<string> Shown { get; } = [];

    public IReadOnlyList<TapedLook> Looks => taped;

    public IReadOnlyList<TapeStep> Steps => [.. taped.SelectMany(static look => look.Steps)];

    /// <summary>Looks, as a watcher does whom a hint has woken.</summary>
    public void Look(double secondsLater = 0.25)
    {
        Now += TimeSpan.FromSeconds(secondsLater);
        var seen = follower.Look(Now, always: true);
        tap.EndLook(Now);
        if (seen.Count > 0)
        {
            fleet = reducer.Reduce(fleet, seen);
            Note(fleet.Repos[root], Shown);
        }
    }

    /// <summary>A follower that knows nothing: the screen was opened again.</summary>
    public void StartOver() => follower = NewFollower();

    /// <summary>The tape, written and read.</summary>
    public Tape Written(TapeRedactorRules? rules = null)
    {
        using var stream = new MemoryStream();
        var redaction = (rules ?? TapeRedactorRules.On).For(root);
        var header = SingleTape.Header(
            new RecordOptions { Title = "t", Repo = root, Redaction = redaction, SeesProcesses = tap.Processes.IsObservable }, RecordedAt);
        using (var output = new TapeOutput(stream, isPacked: false, header, new TapeRedactor(redaction is null ? null : new(redaction))))
        {
            taped.ForEach(output.Write);
            output.End(Now, "the end");
        }

        stream.Position = 0;
        return TapeReader.Read("t", stream);
    }

    /// <summary>What a replay of the tape shows.</summary>
    public static List<string> Replayed(Tape tape)
    {
        var shown = new List<string>();
        var deck = new TapeDeck(tape, "/replayed", FollowOptions.Default);
        var reducer = new Reducer(FoldOptions.Default);
        var fleet = reducer.Reduce(FleetModel.Empty, [deck.Opening]);
        while (!deck.IsOver)
        {
            var (seen, _) = deck.Move(deck.NextMove);
            if (seen.Count > 0)
            {
                fleet = reducer.Reduce(fleet, seen);
                Note(fleet.Repos["/replayed"], shown);
            }
        }

        return shown;
    }

    public void Dispose()
    {
        looks.Dispose();
        tap.Dispose();
    }

    public static void Note(RepoModel repo, List<string> shown)
    {
        foreach (var loop in repo.Loops.Values)
        {
            var ruling = loop.Verdict.Ruling;
            var findings = string.Join(' ', loop.Verdict.Findings
                .Select(static finding => finding.Code)
                // A replay rolls nothing back: that is done by whoever watches live, and is in the tape as a file.
                .Where(static code => code != FindingCodes.RolledBack));
            var text = $"{loop.Id}: {loop.Verdict.Lifecycle}, {ruling.Confidence}: {ruling.Reason} [{findings}]";
            if (shown.LastOrDefault(line => line.StartsWith(loop.Id + ":", StringComparison.Ordinal)) != text)
            {
                shown.Add(text);
            }
        }
    }

    private RepoFollower NewFollower() => new(root, tap.Files, tap.Processes, FollowOptions.Default);
}

/// <summary>Whether a tape is redacted.</summary>
internal sealed record TapeRedactorRules(bool IsOn)
{
    public static readonly TapeRedactorRules On = new(true);

    public static readonly TapeRedactorRules Off = new(false);

    public RedactionRules? For(string root) => IsOn ? RedactionRules.For(root, null, []) : null;
}
