using OpsManager.Manual;
using Xunit;

namespace OpsManager.Tests.Manual;

public sealed class ManPageTests
{
    [Fact]
    public void A_text_is_no_request_of_roff()
    {
        var flag = new FlagEntry("--odd", [], "FILE", [], ".superloop is \"here\\there\"", IsRequired: false, IsRepeatable: false);
        var root = new VerbEntry([], [], "'Watch'.", [], [flag], [], IsGroup: false);

        var lines = ManPage.Lines(root, "1.0").ToArray();

        Assert.Contains("\\&.superloop is \\(dqhere\\ethere\\(dq", lines);
        Assert.Contains("\\&'Watch'.", lines);
        Assert.Contains(".B \\-\\-odd FILE", lines);
    }

    [Fact]
    public void Every_verb_and_option_is_there()
    {
        var root = HelpTextTests.Root();

        var lines = ManPage.Lines(root, "1.0").ToHashSet(StringComparer.Ordinal);

        Assert.All(root.Verbs.SelectMany(static verb => verb.All), verb => Assert.Contains($".SS {verb.Path}", lines));
        Assert.All(root.All.SelectMany(static verb => verb.Flags), flag =>
            Assert.Contains($".B {flag.Heading.Replace("-", "\\-", StringComparison.Ordinal)}", lines));
    }
}
