using System.Globalization;
using System.IO.Abstractions;
using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Tapes;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
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

    [Fact]
    public void A_file_whose_older_text_is_lost_is_not_known_rather_than_missing()
    {
        var told = Open(folder.LayOut(SampleTape.Read("approval-rejected"), false));
        var recording = RecordingTests.Whole(told);
        var unknown = 0;
        for (var look = 0; recording[look].At < told.KnownFrom; look++)
        {
            foreach (var (repo, loop) in recording.ModelAt(look, recording[look].At).Repos.Values
                .SelectMany(static repo => repo.Loops.Values.Select(loop => (repo, loop)))
                .Where(static seen => seen.loop.Summary.IsMissing))
            {
                unknown++;
                Assert.Contains(
                    SourceEvidence.All(repo, loop),
                    static fact => fact is { Source: EvidenceSources.Summary, Fact: "not known at this moment" });
            }
        }

        Assert.True(unknown > 10, $"the summary was missing at {unknown} moments only");
    }

    [Theory]
    [MemberData(nameof(Tapes))]
    public void What_is_said_at_the_end_is_what_a_look_at_the_files_says(string name, bool isCopy)
    {
        var told = Open(folder.LayOut(SampleTape.Read(name), isCopy));
        var end = Last(told);
        var look = new RepoFollower(
            folder.Root, GuardedFiles.Open(new FileSystem(), folder.Root), new TapeProcesses(), FollowOptions.Default);

        var now = told.RecordedAt + told.Length;
        var live = new Reducer(FoldOptions.Default).Reduce(
            FleetModel.Empty, [new RepoOpened(now, folder.Root), .. look.Look(now, always: true)]);

        Assert.NotEmpty(end.Loops);
        Assert.All(end.Loops, loop =>
        {
            var read = live.Loop(folder.Root, loop.Id)!;
            Assert.Equal(
                (read.Verdict.Lifecycle, read.Projected.Status, read.Tally.Lines),
                (loop.Verdict.Lifecycle, loop.Projected.Status, loop.Tally.Lines));
        });
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
    public void A_confirmed_cancel_explains_the_end_of_its_run_also_where_another_run_followed()
    {
        var real = SampleTape.Read("cancel-confirmed");
        folder.LayOut(real);
        var loop = Path.GetFileName(Assert.Single(Directory.GetDirectories(folder.Full(".superloop/loops"))));
        var again = (real.RecordedAt + real.Length + TimeSpan.FromMinutes(5)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        File.AppendAllText(
            folder.Full($".superloop/loops/{loop}/events.jsonl"),
            $$"""{"timestamp":"{{again}}","event":"loop_start","run_id":"{{again}}","iteration":1}""" + "\n");

        var reader = new MomentReader(new ReplayOptions());
        var between = Assert.Single(reader.Read(Open(folder.Root), ReplayTime.Parse("50%")!).Loops).Assessment;

        Assert.Equal(Lifecycle.Stopped, between.Lifecycle);
        Assert.StartsWith("cancelled by ada at ", between.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_come_at_their_own_times_in_the_order_of_the_file()
    {
        folder.Write(".superloop/loops/a/events.jsonl",
            "no event\n"
            + """{"timestamp":"2026-11-22T19:00:10Z","event":"loop_start","run_id":"r","iteration":1}""" + "\n"
            + "\n"
            + """{"timestamp":"yesterday","event":"role_start"}""" + "\n"
            + """{"timestamp":"2026-11-22T19:00:20Z","event":"role_end"}""" + "\n"
            + """{"timestamp":"2026-11-22T18:00:00Z","event":"clock_back"}""" + "\n"
            + """{"timestamp":"2026-11-22T19:00:30Z","event":"loop_stop"}""");
        folder.Write(".superloop/loops/b/events.jsonl", """{"timestamp":"2026-11-22T19:00:15Z","event":"loop_start"}""" + "\n");
        folder.Write(".superloop/loops/a/usage.jsonl", """{"timestamp":"2026-11-22T19:00:12Z","iteration":1}""" + "\n");
        folder.Write(".superloop/loops/a/decisions.jsonl", """{"timestamp":"2026-11-22T19:00:25Z","decision":"approved"}""" + "\n");

        var tape = Open(folder.Root);

        Assert.Equal(DateTimeOffset.Parse("2026-11-22T19:00:10Z"), tape.RecordedAt);
        Assert.Equal(
            [
                "0 a/events 1", "0 a/events 2", "0 a/events 3", "0 a/events 4", "2 a/usage 1", "5 b/events 1",
                "10 a/events 5", "10 a/events 6", "10 a/events 7", "15 a/decisions 1",
            ],
            tape.Steps.OfType<TapeAppend>().Select(static step =>
                $"{step.At.TotalSeconds:0} {step.Path[".superloop/loops/".Length..^".jsonl".Length]} {step.Line}"));
        Assert.Equal(
            File.ReadAllText(folder.Full(".superloop/loops/a/events.jsonl")),
            string.Concat(tape.Steps.OfType<TapeAppend>()
                .Where(static step => step.Path.EndsWith("a/events.jsonl", StringComparison.Ordinal))
                .Select(static step => Encoding.UTF8.GetString(step.Text))));
    }

    [Fact]
    public void Files_come_when_they_were_written_or_when_they_say_so_within_the_lines()
    {
        folder.Write(".superloop/loops/a/events.jsonl",
            """{"timestamp":"2026-11-22T19:00:10Z","event":"loop_start"}""" + "\n"
            + """{"timestamp":"2026-11-22T19:00:30Z","event":"loop_stop"}""" + "\n");
        Dated(".superloop/loops/a/early.md", "2020-01-01T00:00:00Z", "");
        Dated(".superloop/loops/a/late.md", "2027-01-01T00:00:00Z", "");
        Dated(".superloop/loops/a/within.md", "2026-11-22T19:00:20Z", "");
        Dated(".superloop/loops/a/run-summary.json", "2027-01-01T00:00:00Z", """{"updated_at":"2026-11-22T19:00:25Z","entries":[]}""");
        Dated(".superloop/state.json", "2026-11-22T19:00:12Z", """{"active":false,"updated_at":"2026-11-22T19:00:22Z"}""");

        var tape = Open(folder.Root);

        Assert.Equal(
            ["early.md 0", "within.md 10", "state.json 12", "run-summary.json 15", "late.md 20.999"],
            tape.Steps.OfType<TapePut>()
                .Where(static put => !Encoding.UTF8.GetString(put.Text).Contains("inferred", StringComparison.Ordinal))
                .Select(static put => string.Create(
                    CultureInfo.InvariantCulture, $"{put.Path[(put.Path.LastIndexOf('/') + 1)..]} {put.At.TotalSeconds:0.###}")));
    }

    [Fact]
    public void A_log_without_times_is_placed_by_its_file()
    {
        Dated(".superloop/loops/a/events.jsonl", "2026-11-22T19:00:00Z", "{\"event\":\"loop_start\"}\n");

        var tape = Open(folder.Root);

        Assert.Equal(DateTimeOffset.Parse("2026-11-22T19:00:00Z"), tape.RecordedAt);
        Assert.Single(tape.Steps.OfType<TapeAppend>());
    }

    [Fact]
    public void An_empty_log_is_a_recording_too()
    {
        Dated(".superloop/loops/a/events.jsonl", "2026-11-22T19:00:00Z", "");
        Dated(".superloop/loops/a/plan.md", "2026-11-22T19:01:00Z", "# plan");

        Assert.Equal(TimeSpan.FromMinutes(1), Open(folder.Root).Length);
    }

    [Fact]
    public void What_is_inferred_says_so()
    {
        var tape = Open(folder.LayOut(SampleTape.Read("approval-approved")));

        var inferred = tape.Steps.OfType<TapePut>().Select(static put => (put.Path, Text: Encoding.UTF8.GetString(put.Text)))
            .Where(static put => put.Text.Contains("\"inferred_from\":\"events.jsonl\"", StringComparison.Ordinal)).ToArray();
        Assert.Equal([".superloop/loops/checkout-flow/approval.json", ".superloop/state.json"],
            inferred.Select(static put => put.Path).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(inferred, static put => put.Text.Contains("\"decided_by\":\"builder\"", StringComparison.Ordinal));
        Assert.Contains("state.json and approval.json are inferred from the log", tape.Note, StringComparison.Ordinal);
    }

    private void Dated(string path, string at, string text) =>
        File.SetLastWriteTimeUtc(folder.Write(path, text), DateTimeOffset.Parse(at).UtcDateTime);

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
