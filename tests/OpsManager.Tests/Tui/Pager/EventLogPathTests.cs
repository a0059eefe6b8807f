using OpsManager.Tui.Pager;
using Xunit;

namespace OpsManager.Tests.Tui.Pager;

/// <summary>Which log an event names.</summary>
public sealed class EventLogPathTests
{
    private const string Dir = ".superloop/loops/checkout-flow";

    [Theory]
    [InlineData(
        "{\"event\":\"role_end\",\"data\":{\"log_file\":\"/srv/app/" + Dir + "/logs/iter-1/planner.log\","
            + "\"last_message_file\":\"/srv/app/" + Dir + "/last_messages/planner.txt\"}}",
        Dir + "/logs/iter-1/planner.log")]
    [InlineData("{\"event\":\"role_start\",\"iteration\":3,\"role\":\"tester\",\"data\":{}}", Dir + "/logs/iter-3/tester.log")]
    [InlineData("{\"type\":\"role_start\",\"iteration\":3,\"role\":\"tester\"}", Dir + "/logs/iter-3/tester.log")]
    [InlineData("{\"event\":\"tests_end\",\"data\":{\"status\":\"ok\"}}", Dir + "/test-output.txt")]
    [InlineData("{\"event\":\"evidence_end\",\"data\":{\"evidence_file\":\"" + Dir + "/evidence.json\"}}", Dir + "/evidence.json")]
    [InlineData("{\"event\":\"iteration_start\",\"data\":{}}", null)]
    [InlineData("{\"event\":\"role_end\",\"iteration\":1,\"role\":\"../x\",\"data\":{\"log_file\":\"/etc/passwd\"}}", null)]
    [InlineData("{\"event\":\"x\",\"data\":{\"log_file\":\".superloop/loops/checkout-flow/../other/a.log\"}}", null)]
    [InlineData("{\"event\":\"x\",\"data\":{\"log_file\":\"a.superloop/loops/checkout-flow/a.log\"}}", null)]
    [InlineData("{\"event\":1,\"data\":[]}", null)]
    [InlineData("[1]", null)]
    [InlineData("not json", null)]
    public void An_event_names_a_file_of_its_loop_or_none(string raw, string? path) =>
        Assert.Equal(path, EventLogPath.From(raw, "checkout-flow"));
}
