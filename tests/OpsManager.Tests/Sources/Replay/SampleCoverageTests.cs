using System.Reflection;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Tapes;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Replay;

/// <summary>
/// What the sample runs show between them, at their marks: there a replay can be stopped, and somebody has said what to look at.
/// </summary>
public sealed class SampleCoverageTests
{
    /// <summary>The words of the lifecycle column, with those of a decision that no run has acted on.</summary>
    private static readonly string[] Display =
        ["running", "paused", "waiting", "approved", "rejected", "complete", "stopped", "failed", "idle", "unknown"];

    private static readonly string[] Outcomes =
    [
        OutcomeWords.Observed, OutcomeWords.Consumed, OutcomeWords.Completed, OutcomeWords.Refused, OutcomeWords.Contradicted,
        OutcomeWords.Unknown,
    ];

    /// <summary>A finding that always follows from another one is no alert in any recording: docs/contract.md.</summary>
    private static readonly string[] NeverAlerts = [FindingCodes.OrderingDrift];

    /// <summary>What an operator needs besides: each is shown by a sample where it happens.</summary>
    private static readonly string[] Moments =
    [
        "rolled back", "incident note", "re-armed", "escalation", "acknowledged", "cancel confirmed", "approval confirmed",
        "process that cannot be checked",
    ];

    private static readonly Lazy<Seen> All = new(static () =>
    {
        var seen = new Seen();
        foreach (var row in SampleRunTests.Tapes)
        {
            Play(row.Data, seen);
        }

        return seen;
    });

    [Fact]
    public void Every_lifecycle_is_shown() =>
        ShowsAll(Enum.GetValues<Lifecycle>().Select(static lifecycle => lifecycle.Word()), All.Value.Lifecycles);

    [Fact]
    public void Every_word_of_the_lifecycle_column_is_shown() => ShowsAll(Display, All.Value.Display);

    [Fact]
    public void Every_finding_is_shown() => ShowsAll(Codes(), All.Value.Findings);

    [Fact]
    public void Every_finding_is_shown_as_an_alert_where_it_can_be_one() => ShowsAll(Codes().Except(NeverAlerts), All.Value.Alerts);

    [Fact]
    public void Every_outcome_of_a_control_is_shown() => ShowsAll(Outcomes, All.Value.Outcomes);

    [Fact]
    public void Rollbacks_escalations_and_reviews_are_shown() => ShowsAll(Moments, All.Value.Moments);

    [Fact]
    public void One_run_is_long_enough_to_scroll_and_has_many_iterations_with_tokens_and_costs()
    {
        var loop = All.Value.Longest!;

        Assert.True(loop.Tally.Lines >= 250, $"{loop.Tally.Lines} events");
        Assert.True(loop.Projected.Iteration >= 10, $"{loop.Projected.Iteration} iterations");
        Assert.True(loop.Usage.Rows.Count(static row => row is { CostUsd: > 0, OutputTokens: > 0 }) >= 40);
    }

    /// <summary>Fails with the words that no sample shows.</summary>
    private static void ShowsAll(IEnumerable<string> wanted, HashSet<string> shown)
    {
        var missing = string.Join(", ", wanted.Except(shown));

        Assert.True(missing.Length == 0, $"no sample run shows: {missing}");
    }

    private static IEnumerable<string> Codes() => typeof(FindingCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (string)field.GetRawConstantValue()!);

    private static void Play(string name, Seen seen)
    {
        using var stream = File.OpenRead(RepoRoot.Combine("sample-runs", $"{name}.tape.jsonl"));
        var deck = new TapeDeck(TapeReader.Read(name, stream), name, FollowOptions.Default);
        var reducer = new Reducer(FoldOptions.Default);
        var fleet = reducer.Reduce(FleetModel.Empty, [deck.Opening]);
        while (!deck.IsOver)
        {
            var (batch, mark) = deck.Move(deck.NextMove);
            fleet = batch.Count == 0 ? fleet : reducer.Reduce(fleet, batch);
            if (mark is not null && fleet.Loop(deck.Repo, mark.LoopId) is { } loop)
            {
                seen.Add(loop, deck.Files);
            }
        }
    }

    /// <summary>What was shown at marks.</summary>
    private sealed class Seen
    {
        public HashSet<string> Lifecycles { get; } = [];

        public HashSet<string> Display { get; } = [];

        public HashSet<string> Findings { get; } = [];

        public HashSet<string> Alerts { get; } = [];

        public HashSet<string> Outcomes { get; } = [];

        public HashSet<string> Moments { get; } = [];

        public LoopModel? Longest { get; private set; }

        public void Add(LoopModel loop, TapeFiles files)
        {
            Lifecycles.Add(loop.Verdict.Lifecycle.Word());
            Display.Add(WordOf(loop));
            Findings.UnionWith(loop.Verdict.Findings.Select(static finding => finding.Code));
            Alerts.UnionWith(
                loop.Verdict.Findings.Where(static finding => finding.ExplainedBy is null).Select(static finding => finding.Code));
            Outcomes.UnionWith(loop.Cases.Recorded.Select(static known => known.Outcome).OfType<string>());
            Longest = loop.Log is { } log && log.Count > (Longest?.Log?.Count ?? 0) ? loop : Longest;
            Add("rolled back", loop.Rollback is not null);
            Add("incident note", loop.Rollback?.Incident is { } note && files.Probe(ArtifactPaths.Incident(loop.Id, note)).IsPresent);
            Add("re-armed", loop is { Rollback: null, Rollout.Value.Rearm: not null });
            Add("escalation", files.Probe($"{ArtifactPaths.Manager(loop.Id)}/{FileNames.Escalations}").IsPresent);
            Add("acknowledged", loop.Cases.Recorded.Exists(static known => known.Acknowledgement is not null));
            Add("cancel confirmed", HasConfirmed(loop, IntentWords.Cancel));
            Add("approval confirmed", HasConfirmed(loop, IntentWords.Approve));
            Add("process that cannot be checked", loop.Claim?.Fate?.Fate == ProcessFate.Unreadable);
        }

        private static bool HasConfirmed(LoopModel loop, string intent) =>
            loop.Cases.Recorded.Exists(known => known.IsSuccess && known.Intent == intent);

        private void Add(string moment, bool isShown)
        {
            if (isShown)
            {
                Moments.Add(moment);
            }
        }

        private static string WordOf(LoopModel loop) => loop switch
        {
            { Verdict.Ruling.Display: { } word } => word,
            { Verdict.Lifecycle: Lifecycle.AwaitingApproval } => "waiting",
            { Verdict.Lifecycle: Lifecycle.Idle, Approval.Value: { IsDecided: true } approval } => approval.Status!,
            _ => loop.Verdict.Lifecycle.Word(),
        };
    }
}
