using OpsManager.Core.Fold;
using Xunit;

namespace OpsManager.Tests.Architecture;

/// <summary>
/// The core has three layers: facts are what was read, rules conclude from facts and from each other, the model holds both. What is
/// above them (the fold, plans and reports) reads the model.
/// </summary>
public sealed class CoreLayerTests
{
    private static readonly FolderGraph Core = FolderGraph.From(typeof(Reducer).Assembly);

    [Fact]
    public void A_rule_that_reads_the_model_fails()
    {
        Assert.Contains("Rules/Assessment", Core.Folders);
        Assert.Contains("Model", Core.Folders);
        Assert.Empty(Core.Uses("Rules", "Model", "Fold", "Planning", "Reports"));
    }

    [Theory]
    [InlineData("Facts")]
    [InlineData("Events")]
    [InlineData("Sprite")]
    public void A_fact_that_rests_on_a_rule_or_on_the_model_fails(string facts) =>
        Assert.Empty(Core.Uses(facts, "Rules", "Model", "Fold", "Planning", "Reports"));

    [Fact]
    public void The_model_knows_nothing_of_what_makes_or_reads_it() => Assert.Empty(Core.Uses("Model", "Fold", "Planning", "Reports"));
}
