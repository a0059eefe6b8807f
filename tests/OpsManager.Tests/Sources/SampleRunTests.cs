using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Fold;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Replay;
using OpsManager.Tests.Architecture;
using Xunit;

namespace OpsManager.Tests.Sources;

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
    };

    /// <summary>Findings that would be alarms without a cause in the tapes that promise none of them.</summary>
    private static readonly string[] Alarms =
    [
        "process_gone", "unclaimed_active", "stale_completion", "events_truncated", "events_rewritten", "cursor_regression",
        "torn_artifact", "artifact_invalid",
        "artifact_unreadable", "clock_skew", "heartbeat_stale", "event_invalid", "events_unreadable", "events_missing",
        "claim_overwritten",
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
    public void Every_tape_has_its_line_in_the_readme()
    {
        var readme = File.ReadAllText(RepoRoot.Combine("sample-runs", "README.md"));

        Assert.All(Tapes.Select(static row => row.Data), name => Assert.Contains($"| `{name}` |", readme, StringComparison.Ordinal));
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
