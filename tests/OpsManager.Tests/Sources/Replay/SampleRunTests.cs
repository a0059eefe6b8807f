using System.Text;
using OpsManager.Cli;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Fold;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Replay;

public sealed class SampleRunTests
{
    /// <summary>What the README of the sample runs promises, where it is a finding.</summary>
    private static readonly Dictionary<string, string[]> Promised = new()
    {
        ["approval-forgotten"] = ["approval_unconsumed"],
        ["role-fails"] = ["process_gone", "unclaimed_active", "status_disagreement"],
        ["sigkilled"] = ["process_gone", "status_disagreement"],
        ["rerun-after-complete"] = ["stale_completion", "process_gone"],
        ["cancelled"] = ["status_disagreement"],
        ["cancel-while-other"] = ["status_disagreement"],
        ["old-runtime-killed"] = ["unclaimed_active", "status_disagreement"],
        ["rate-limit-stop"] = ["status_disagreement"],
        ["rate-limit-wait"] = ["ingest_stale"],
        ["ingest-stale"] = ["ingest_stale"],
        ["heartbeat-stale"] = ["heartbeat_stale"],
        ["log-truncated"] = ["events_truncated", "cursor_regression"],
        ["log-rewritten"] = ["events_rewritten"],
        ["torn-stays"] = ["torn_artifact"],
        ["invalid-line"] = ["event_invalid"],
        ["clock-skew"] = ["clock_skew"],
        ["two-at-once"] = ["claim_overwritten"],
        ["long-silent-start"] = ["status_disagreement"],
        ["summary-stays-old"] = ["stale_completion", "status_disagreement"],
        ["backup-restored"] = ["cursor_regression", "events_missing", "approval_completion_conflict", "approval_unconsumed"],
        ["approval-refused"] = ["control_unreviewed"],
        ["approval-overruled"] = ["control_unreviewed"],
        ["approval-not-confirmed"] = ["control_unreviewed"],
        ["rolled-back"] = ["rolled_back", "events_truncated", "cursor_regression"],
        ["loop-vanishes"] = ["loop_vanished", "events_missing", "process_gone", "unclaimed_active"],
        ["files-stashed"] = ["source_failed", "loop_vanished", "events_missing"],
        ["files-blocked"] = ["events_unreadable", "artifact_unreadable"],
        ["state-edited"] = ["artifact_invalid", "active_mismatch", "status_disagreement"],
    };

    /// <summary>Findings that would be alarms without a cause in the tapes that promise none of them.</summary>
    private static readonly string[] Alarms =
    [
        "process_gone", "unclaimed_active", "stale_completion", "events_truncated", "events_rewritten", "cursor_regression",
        "torn_artifact", "artifact_invalid",
        "artifact_unreadable", "clock_skew", "heartbeat_stale", "event_invalid", "events_unreadable", "events_missing",
        "claim_overwritten", "loop_vanished", "source_failed", "approval_completion_conflict", "control_unreviewed", "rolled_back",
    ];

    public static TheoryData<string> Tapes => [
        .. RepoRoot.Files("sample-runs", "*.tape.jsonl").Select(TapeStore.Name).Select(static name => name[(name.LastIndexOf('/') + 1)..])
    ];

    [Theory]
    [MemberData(nameof(Tapes))]
    public void Every_mark_of_a_tape_agrees_with_what_is_said_there(string name)
    {
        var report = Verify(name, FollowOptions.Default);

        Assert.True(report.Marks > 0);
        Assert.All(
            report.Tapes.Single().Marks,
            static mark => Assert.Equal((mark.Expected, mark.ExpectedReference), (mark.Got, mark.GotReference)));
        Assert.Equal(0, report.Differences);
    }

    [Theory]
    [MemberData(nameof(Tapes))]
    public void A_tape_shows_the_findings_that_its_line_in_the_readme_promises_and_no_alarm_besides(string name)
    {
        var found = Verify(name, FollowOptions.Default).Tapes.Single().Marks.SelectMany(static mark => mark.Findings).ToHashSet();
        var promised = Promised.GetValueOrDefault(name) ?? [];

        Assert.Empty(promised.Except(found));
        Assert.Empty(found.Intersect(Alarms).Except(promised));
    }

    [Fact]
    public void Every_promise_is_about_a_tape_that_is_there() => Assert.Empty(Promised.Keys.Except(Tapes.Select(static row => row.Data)));

    [Fact]
    public void Every_tape_has_one_line_in_the_readme_with_the_command_that_opens_it_and_every_line_its_tape()
    {
        var lines = File.ReadAllLines(RepoRoot.Combine("sample-runs", "README.md"))
            .Select(static line => line.Split(" | "))
            .Where(static cells => cells[0].StartsWith("| `", StringComparison.Ordinal))
            .ToArray();

        Assert.Equal(
            Tapes.Select(static row => $"| `{row.Data}`|`ops-manager replay {row.Data}` |").Order(StringComparer.Ordinal),
            lines.Select(static cells => $"{cells[0]}|{cells[2]}").Order(StringComparer.Ordinal));
        Assert.All(lines, static cells => Assert.EndsWith(".", cells[1], StringComparison.Ordinal));
    }

    [Fact]
    public void The_list_of_the_program_has_every_tape_with_the_title_of_its_header()
    {
        var entries = SampleRuns.Entries();

        Assert.Equal(Tapes.Select(static row => row.Data).Order(StringComparer.Ordinal), entries.Select(static entry => entry.Info.Name));
        Assert.All(entries, static entry =>
        {
            Assert.Equal(entry.Open().Title, entry.Info.Title);
            Assert.Null(entry.Info.Caption);
        });
    }

    [Fact]
    public void The_tour_is_six_sample_runs_whose_captions_are_short_and_name_a_key()
    {
        var tour = SampleRuns.Tour();
        var known = SampleRuns.Entries().Select(static entry => entry.Info).ToArray();

        Assert.Equal(6, tour.Select(static entry => entry.Info.Name).Distinct().Count());
        Assert.All(tour, entry =>
        {
            Assert.Contains(entry.Info with { Caption = null }, known);
            Assert.InRange(entry.Info.Caption!.Length, 1, 100);
            Assert.Contains(entry.Info.Caption.Split(' ', ',', '.', ':'), static word => word is "3" or "4" or "w" or "i" or "a" or "}");
            Assert.Equal(entry.Info.Name, entry.Open().Name);
        });
    }

    [Theory]
    [InlineData(20)]
    [InlineData(1000)]
    [InlineData(5000)]
    public void Looking_more_or_less_often_changes_no_mark(int pollMilliseconds)
    {
        var options = new FollowOptions { Poll = TimeSpan.FromMilliseconds(pollMilliseconds) };
        var tapes = Tapes.Select(static row => row.Data).Where(static name => name is not ("rate-limit-wait" or "ingest-stale")).ToArray();

        Assert.All(tapes, name => Assert.All(
            Verify(name, options).Tapes.Single().Marks,
            mark => Assert.True(mark.Agrees, $"{name} at {mark.AtMs}: {mark.Got.Word()}, {mark.Reason}")));
    }

    [Fact]
    public void A_wrong_mark_is_reported_as_a_difference()
    {
        const string Text = """
            {"tape":"v1","title":"t","recordedAt":"2026-11-22T19:00:00Z"}
            {"atMs":0,"op":"append","path":".superloop/loops/a/events.jsonl","text":"{\"timestamp\":\"2026-11-22T19:00:00Z\",\"event\":\"loop_stop\"}\n"}
            {"atMs":1000,"op":"mark","loop":"a","truth":"running","why":"no","reference":"stopped"}
            {"atMs":1000,"op":"mark","loop":"b","truth":"unknown","why":"never seen","reference":"unknown"}
            """;
        var report = new TapeVerifier(
            FoldOptions.Default, FollowOptions.Default).Verify([TapeReader.Read("t", new MemoryStream(Encoding.UTF8.GetBytes(Text)))]);

        Assert.Equal((2, 1), (report.Marks, report.Differences));
        Assert.Equal(
            (Lifecycle.Stopped, Lifecycle.Stopped, false),
            (report.Tapes[0].Marks[0].Got, report.Tapes[0].Marks[0].GotReference, report.Tapes[0].Marks[0].Agrees));
        Assert.Equal("the loop has not been seen", report.Tapes[0].Marks[1].Reason);
    }

    private static VerifyReport Verify(string name, FollowOptions options)
    {
        using var stream = File.OpenRead(RepoRoot.Combine("sample-runs", $"{name}.tape.jsonl"));
        return new TapeVerifier(FoldOptions.Default, options).Verify([TapeReader.Read(name, stream)]);
    }
}
