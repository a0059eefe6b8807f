using OpsManager.Contract;
using OpsManager.Sources.Compare;
using Xunit;

namespace OpsManager.Tests.Sources.Compare;

public sealed class RunNameTests
{
    [Theory]
    [InlineData("night.tape.jsonl", "night.tape.jsonl", null, null, null)]
    [InlineData("app:checkout", "app", "checkout", null, null)]
    [InlineData("app:checkout#3", "app", "checkout", null, 3L)]
    [InlineData("app:checkout@2", "app", "checkout", "2", null)]
    [InlineData("app:checkout@2026-11-22T19:19:01Z#12", "app", "checkout", "2026-11-22T19:19:01Z", 12L)]
    [InlineData("/srv/a:b/app", "/srv/a:b/app", null, null, null)]
    [InlineData("#4", "", null, null, 4L)]
    [InlineData("@1", "", null, "1", null)]
    [InlineData("strange#1:name", "strange#1:name", null, null, null)]
    public void A_name_has_a_place_a_loop_a_run_and_an_iteration(string text, string place, string? loop, string? run, long? iteration) =>
        Assert.Equal(new RunName(place, loop, run, iteration), RunName.Parse(text, static path => path == "strange#1:name"));

    [Theory]
    [InlineData("app#x")]
    [InlineData("app#")]
    [InlineData("app:")]
    [InlineData("app:..")]
    public void What_names_no_run_is_refused(string text)
    {
        var fault = Assert.Throws<ContractException>(() => RunName.Parse(text, static _ => false));

        Assert.Contains("is no name of a run", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_out_is_as_on_the_other_side()
    {
        var other = new RunName("app", "checkout", "2", 3);

        Assert.Equal(new RunName("app", "checkout", "2", 4), new RunName("", Iteration: 4).From(other));
        Assert.Equal(new RunName("app", "checkout", "1"), new RunName("", Run: "1").From(other));
        Assert.Equal(new RunName("web"), new RunName("web").From(other));
    }
}
