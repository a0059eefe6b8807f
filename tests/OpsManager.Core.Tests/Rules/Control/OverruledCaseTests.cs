using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Control;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Control;

/// <summary>A decision that was called confirmed and does not stand any more is no success, whether or not a row says so yet.</summary>
public sealed class OverruledCaseTests
{
    private readonly WatchedRepo repo = new();

    [Fact]
    public void A_later_contrary_decision_makes_a_confirmed_one_contradicted_and_degrades_the_health()
    {
        Confirmed();
        var before = repo.Look();
        Assert.True(before.Cases.All.Single() is { IsSuccess: true, NeedsReview: false });
        repo.Wait(1).Approval(RuntimeText.Approval("rejected", by: "bob"));
        var loop = repo.Look();

        var known = loop.Cases.All.Single();
        Assert.Equal(("contradicted", "bob has rejected it"), (known.Outcome, known.Why));
        Assert.True(known is { NeedsReview: true, IsUnrecorded: true });
        Assert.Equal("observed", loop.Cases.Recorded.Single().Outcome);
        Assert.Contains("control_ambiguous", loop.Health.Codes);
        Assert.Contains(loop.Verdict.Findings, static finding => finding.Code == FindingCodes.ControlUnreviewed);
        // It is noticed once: what was said first stays.
        Assert.Same(loop.Cases, repo.Wait(5).Look().Cases);
    }

    [Theory]
    [InlineData("approved", 0, 0, "bob")] // the same decision by somebody else
    [InlineData("rejected", 0, 7, "bob")] // another request of the same run and iteration
    [InlineData("rejected", 60, 60, "bob")] // another run
    [InlineData("pending", 0, 0, null)]
    public void What_does_not_contradict_it_leaves_it_as_it_is(string status, double run, double requested, string? by)
    {
        Confirmed();
        repo.Wait(1).Approval(RuntimeText.Approval(status, run, requested: requested, by: by));

        Assert.True(repo.Look().Cases.All.Single() is { Outcome: "observed", NeedsReview: false });
    }

    [Fact]
    public void A_next_request_whose_log_lost_what_took_this_up_does_not_contradict_a_success()
    {
        Confirmed();
        repo.Wait(1).Approval(RuntimeText.Approval("pending", run: 60, requested: 66)).Events(Event("approval_requested", 66, run: 60));

        Assert.Equal("observed", repo.Look().Cases.All.Single().Outcome);
    }

    [Theory]
    [InlineData("consumed")]
    [InlineData("completed")]
    public void What_a_run_has_taken_up_is_not_overruled(string outcome)
    {
        Confirmed();
        Append(Row("late", outcome));
        repo.Wait(1).Approval(RuntimeText.Approval("rejected", by: "bob"));

        Assert.Equal(outcome, repo.Look().Cases.All.Single().Outcome);
    }

    [Fact]
    public void A_row_of_it_takes_the_place_of_what_was_seen()
    {
        Confirmed();
        repo.Wait(1).Approval(RuntimeText.Approval("rejected", by: "bob")).Look();
        Append(Row("late", "contradicted"));
        var known = repo.Wait(1).Look().Cases.All.Single();

        Assert.Equal(("contradicted", false, true), (known.Outcome, known.IsUnrecorded, known.NeedsReview));
    }

    [Fact]
    public void An_acknowledgement_of_what_was_unknown_does_not_cover_a_success_that_is_overruled_later()
    {
        repo.Events(Event("loop_start"));
        var seen = Row("acknowledged", null, ""","acknowledgement":{"by":"ada","note":"seen"}""");
        Append(Row("started", null), Row("finished", "unknown"), seen);
        Assert.False(repo.Look().Cases.All.Single().NeedsReview);
        Append(Row("late", "observed"), Row("late", "contradicted"));

        Assert.True(repo.Look().Cases.All.Single().NeedsReview);
    }

    [Fact]
    public void Rows_in_any_batches_give_the_same_cases_and_outcomes_in_any_order_the_same_word()
    {
        var random = new Random(12);
        string?[] words = ["observed", "consumed", "completed", "contradicted", "unknown", "refused"];
        for (var history = 0; history < 300; history++)
        {
            var rows = new List<ControlRow>();
            for (var i = random.Next(1, 24); i > 0; i--)
            {
                var phase = random.Next(5) switch { 0 => "started", 1 => "executed", 2 => "finished", 3 => "acknowledged", _ => "late" };
                var word = phase is "finished" or "late" ? words[random.Next(words.Length)] : null;
                rows.Add(Parse(Row(phase, word, key: $"k{random.Next(3)}")));
            }

            var atOnce = ControlCases.From(rows);
            var inBatches = ControlCases.None;
            for (var at = 0; at < rows.Count;)
            {
                var size = random.Next(1, 5);
                inBatches = inBatches.With(new RowReading<ControlRow>(ArtifactCondition.Present) { Rows = [.. rows.Skip(at).Take(size)] });
                at += size;
            }

            Assert.Equal(
                atOnce.All.Select(static known => known with { Evidence = [] }),
                inBatches.All.Select(static known => known with { Evidence = [] }));
            var shuffled = ControlCases.From([.. rows.OrderBy(_ => random.Next())]);
            Assert.All(atOnce.All, known => Assert.Equal(known.Outcome, shuffled.Find(known.Key)!.Outcome));
        }
    }

    /// <summary>Ada approved, and it was seen in approval.json.</summary>
    private void Confirmed()
    {
        repo.Events(Event("loop_start"), Event("approval_requested", 1)).State(State(true));
        repo.Approval(RuntimeText.Approval("approved", by: "ada"));
        Append(Row("started", null), Row("finished", "observed"));
        repo.Look();
    }

    private void Append(params string[] rows) =>
        repo.Append(ArtifactPaths.ControlRows(Loop), Encoding.UTF8.GetBytes(string.Concat(rows.Select(static row => row + "\n"))));

    private static string Row(string phase, string? outcome, string more = "", string key = "k1") =>
        $$"""{"timestamp":"{{Time(9)}}","phase":"{{phase}}","loopId":"{{Loop}}","idempotencyKey":"{{key}}","""
        + """ "intent":"approve","requestedBy":"ada","exitCode":0,"timeoutSeconds":30,"aim":"""
        + $$"""{"runId":"{{Time(0)}}","iteration":1,"at":"{{Time(8)}}","events":2,"approvalStatus":"pending","requestedAt":"{{Time(0)}}"}"""
        + (outcome is null ? "" : $$""","outcome":"{{outcome}}","evidence":[{"source":"approval","fact":"x"}]""") + more + "}";

    private static ControlRow Parse(string row) => ControlRow.Parse(Encoding.UTF8.GetBytes(row)).Value!;
}
