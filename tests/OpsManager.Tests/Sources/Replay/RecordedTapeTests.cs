using System.Globalization;
using System.IO.Abstractions;
using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Replay;

/// <summary>A directory without a tape is looked at again by what its files tell, and nothing is claimed beyond that.</summary>
public sealed class RecordedTapeTests : IDisposable
{
    private readonly RecordingFolder folder = new();

    public static TheoryData<string, bool> Tapes { get; } = new()
    {
        { "completes", false }, { "completes", true }, { "role-fails", false }, { "role-fails", true },
        { "approval-approved", false }, { "approval-approved", true }, { "approval-rejected", false }, { "approval-rejected", true },
        { "cancelled", false }, { "cancelled", true }, { "two-loops", false }, { "two-loops", true },
        { "max-iterations", false }, { "max-iterations", true }, { "rate-limit-stop", false }, { "no-progress-stop", true },
        { "rerun-after-complete", false }, { "rerun-after-complete", true }, { "old-runtime-completes", true },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Tapes))]
    public void What_is_said_in_the_middle_is_true_or_doubtful(string name, bool isCopy)
    {
        var real = SampleTape.Read(name);
        var told = Open(folder.LayOut(real, isCopy));
        var truth = Play(real);

        foreach (var (at, loop, ruling) in Play(told).Where(moment => moment.At < told.RecordedAt + told.KnownFrom))
        {
            // Lines have whole seconds: what is told of a second may be what was so until its end.
            var known = truth.Where(moment => moment.Loop == loop
                && moment.At > at - TimeSpan.FromSeconds(3) && moment.At < at + TimeSpan.FromSeconds(3))
                .Select(static moment => moment.Ruling.Lifecycle)
                .Append(truth.LastOrDefault(moment => moment.Loop == loop && moment.At <= at).Ruling?.Lifecycle ?? Lifecycle.Unknown);
            Assert.True(
                known.Contains(ruling.Lifecycle)
                    || (ruling.Confidence == Confidence.Low && ruling.Lifecycle is Lifecycle.Running or Lifecycle.Unknown),
                $"{at:O} {loop}: {ruling} instead of {string.Join(", ", known)}");
        }
    }

    [Theory]
    [MemberData(nameof(Tapes))]
    public async Task What_is_said_at_the_end_is_what_a_look_at_the_files_says(string name, bool isCopy)
    {
        var told = Open(folder.LayOut(SampleTape.Read(name), isCopy));
        var end = Last(told);

        Assert.NotEmpty(end.Loops);
        foreach (var loop in end.Loops)
        {
            var deck = new TapeDeck(told, "/elsewhere", FollowOptions.Default);
            var reading = new RepoFollower(folder.Root, RepoFilesOf(folder.Root), new TapeProcesses(), FollowOptions.Default);
            var fleet = new Reducer(FoldOptions.Default).Reduce(
                FleetModel.Empty,
                [new OpsManager.Core.Facts.Observations.RepoOpened(told.RecordedAt, folder.Root), .. reading.Look(told.RecordedAt + told.Length, always: true)]);
            var live = fleet.Loop(folder.Root, loop.Id)!;
            Assert.Equal(
                (live.Verdict.Lifecycle, live.Projected.Status, live.Tally.Lines),
                (loop.Verdict.Lifecycle, loop.Projected.Status, loop.Tally.Lines));
            Assert.NotNull(deck);
        }

        await Task.CompletedTask;
    }

    [Theory]
    [InlineData("completes")]
    [InlineData("max-iterations")]
    [InlineData("two-loops")]
    [InlineData("approval-approved")]
    public void A_run_without_a_fault_raises_no_alert_in_the_middle(string name)
    {
        var told = Open(folder.LayOut(SampleTape.Read(name)));
        var alerts = new HashSet<string>();
        PlayModels(told, (_, fleet) => alerts.UnionWith(
            fleet.Loops.SelectMany(static loop => loop.Verdict.Alerts).Select(static alert => alert.Code)));

        Assert.Empty(alerts);
    }

    [Fact]
    public void Print()
    {
        var text = new StringBuilder();
        foreach (var row in Tapes)
        {
            var (name, isCopy) = row.Data;
            using var own = new RecordingFolder();
            var told = Open(own.LayOut(SampleTape.Read(name), isCopy));
            text.AppendLine(CultureInfo.InvariantCulture, $"== {name} copy={isCopy} {told.Title} {told.RecordedAt:HH:mm:ss} + {told.Length} known {told.KnownFrom}");
            string last = "";
            PlayModels(told, (at, fleet) =>
            {
                foreach (var loop in fleet.Loops)
                {
                    var line = $"{loop.Id} {loop.Verdict.Ruling.Lifecycle} {loop.Verdict.Ruling.Confidence} c={loop.Projected.Status} {loop.Verdict.Ruling.Reason} [{string.Join(',', loop.Verdict.Alerts.Select(static a => a.Code))}]";
                    if (line != last)
                    {
                        text.AppendLine(CultureInfo.InvariantCulture, $"  {at:HH:mm:ss.fff} {line}");
                        last = line;
                    }
                }
            });
        }

        File.WriteAllText("/tmp/verbs-print.txt", text.ToString());
    }

    internal static OpsManager.Sources.Files.IRepoFiles RepoFilesOf(string root) =>
        OpsManager.Sources.Files.GuardedFiles.Open(new FileSystem(), root);

    private static Tape Open(string path)
    {
        var opened = RecordingReader.Open(new FileSystem(), path);
        Assert.Empty(opened.Faults);
        return Assert.Single(opened.Entries).Open();
    }

    private static FleetModel Last(Tape tape)
    {
        var last = FleetModel.Empty;
        PlayModels(tape, (_, fleet) => last = fleet);
        return last;
    }

    private static List<(DateTimeOffset At, string Loop, Ruling Ruling)> Play(Tape tape)
    {
        var said = new List<(DateTimeOffset, string, Ruling)>();
        PlayModels(tape, (at, fleet) => said.AddRange(fleet.Loops.Select(loop => (at, loop.Id, loop.Verdict.Ruling))));
        return said;
    }

    private static void PlayModels(Tape tape, Action<DateTimeOffset, FleetModel> seen)
    {
        var deck = new TapeDeck(tape, "/srv/app", FollowOptions.Default);
        var reducer = new Reducer(FoldOptions.Default);
        var fleet = reducer.Reduce(FleetModel.Empty, [deck.Opening]);
        while (!deck.IsOver)
        {
            var (observed, _) = deck.Move(deck.NextMove);
            fleet = observed.Count == 0 ? fleet : reducer.Reduce(fleet, observed);
            seen(deck.Now, fleet);
        }
    }
}
