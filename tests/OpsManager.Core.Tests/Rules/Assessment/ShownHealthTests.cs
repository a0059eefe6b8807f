using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Health;
using Xunit;

namespace OpsManager.Core.Tests.Rules.Assessment;

/// <summary>What health for people leaves out, and what it does not (docs/contract.md, "What explains a finding").</summary>
public sealed class ShownHealthTests
{
    private static readonly HealthFacts Everything = new()
    {
        Divergence = true,
        NewestIntentStatus = "ambiguous",
        Lags = new Lags(900, 300),
        FailureStreak = 2,
    };

    [Theory]
    [InlineData(FindingCodes.ActiveMismatch)]
    [InlineData(FindingCodes.ApprovalCompletionConflict)]
    [InlineData(FindingCodes.CursorRegression)]
    public void A_flag_counts_until_a_word_explains_it_whatever_else_was_found(string flag)
    {
        Assert.True(Shown(Found(flag, null)).Divergence);
        Assert.True(Shown(Found(FindingCodes.ProcessGone, null), Found(flag, null)).Divergence);
        Assert.True(Shown(Found(flag, FindingCodes.ProcessGone)).Divergence);
        Assert.False(Shown(Found(flag, ExplanationCodes.Cancelled)).Divergence);
    }

    [Fact]
    public void What_is_no_flag_is_no_divergence() => Assert.False(Shown(Found(FindingCodes.ProcessGone, null)).Divergence);

    [Theory]
    [InlineData(Lifecycle.Running, true)]
    [InlineData(Lifecycle.Unknown, true)]
    [InlineData(Lifecycle.AwaitingApproval, false)]
    [InlineData(Lifecycle.Failed, false)]
    [InlineData(Lifecycle.Idle, false)]
    [InlineData(Lifecycle.Stopped, false)]
    [InlineData(Lifecycle.Complete, false)]
    public void Silence_counts_only_of_a_run_that_is_not_known_to_be_over(Lifecycle lifecycle, bool counts) =>
        Assert.Equal(counts ? Everything.Lags : default, ShownHealth.Facts(Everything, Verdict(lifecycle), isReviewed: false).Lags);

    [Theory]
    [InlineData(false, "ambiguous")]
    [InlineData(true, null)]
    public void An_intent_counts_until_somebody_has_acknowledged_it(bool isReviewed, string? expected) =>
        Assert.Equal(expected, ShownHealth.Facts(Everything, Verdict(Lifecycle.Running), isReviewed).NewestIntentStatus);

    private static HealthFacts Shown(params FindingRecord[] found) =>
        ShownHealth.Facts(Everything, Verdict(Lifecycle.Running, found), isReviewed: false);

    private static Verdict Verdict(Lifecycle lifecycle, params FindingRecord[] found) =>
        new() { Ruling = new Ruling(lifecycle, "because", Confidence.High, null), Findings = found };

    private static FindingRecord Found(string code, string? by) =>
        new() { Code = code, Severity = Severity.Warning, Since = null, Evidence = [], ExplainedBy = by };
}
