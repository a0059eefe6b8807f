using System.Text;
using OpsManager.Contract.Artifacts;
using Xunit;

namespace OpsManager.Tests.Contract.Artifacts;

public sealed class ArtifactTests
{
    public static TheoryData<string> Kinds => [.. ArtifactParser.All.Keys];

    [Fact]
    public void A_state_is_read()
    {
        var state = RuntimeState.Parse(Good("state")).Value!;

        Assert.Equal((true, 3, "a", At("19:00:00")), (state.Active, state.Iteration, state.CurrentLoopId, state.UpdatedAt));
        Assert.True(state.IsActiveFor("a"));
        Assert.False(state.IsActiveFor("b"));
    }

    [Fact]
    public void An_inactive_state_is_active_for_no_loop() =>
        Assert.False(RuntimeState.Parse(Bytes("""{"active":false,"current_loop_id":"a"}""")).Value!.IsActiveFor("a"));

    [Fact]
    public void An_active_run_is_read()
    {
        var run = ActiveRun.Parse(Good("active_run")).Value!;

        Assert.Equal(
            (77, 78, "a", 3, "loop_start", At("19:00:00")),
            (run.Pid, run.ProcessGroup, run.LoopId, run.Iteration, run.Stage, run.UpdatedAt));
    }

    [Fact]
    public void A_decision_is_read_from_the_nested_object_where_only_that_has_it()
    {
        var approval = Approval.Parse(Good("approval")).Value!;

        Assert.Equal(("ada", "fine", At("19:05:00")), (approval.DecidedBy, approval.DecidedNote, approval.DecidedAt));
        Assert.True(approval.IsDecided);
        Assert.False(approval.IsPending);
    }

    [Fact]
    public void The_outer_fields_of_a_decision_win()
    {
        var approval =
            Approval.Parse(
                Bytes(
                    """{"status":"rejected","decided_by":"bob","decided_at":"2026-11-22T19:09:00Z","decision":{"by":"ada","note":"n","at":"2026-11-22T19:05:00Z"}}""")).Value!;

        Assert.Equal(("bob", "n", At("19:09:00")), (approval.DecidedBy, approval.DecidedNote, approval.DecidedAt));
    }

    [Theory]
    [InlineData("pending", true, false)]
    [InlineData("approved", false, true)]
    [InlineData("rejected", false, true)]
    [InlineData("expired", false, false)]
    public void An_approval_is_pending_or_decided_or_neither(string status, bool pending, bool decided)
    {
        var approval = Approval.Parse(Bytes($$"""{"status":"{{status}}"}""")).Value!;

        Assert.Equal((pending, decided), (approval.IsPending, approval.IsDecided));
    }

    [Fact]
    public void A_heartbeat_is_read()
    {
        var beat = Heartbeat.Parse(Good("heartbeat")).Value!;

        Assert.Equal((At("19:00:00"), "running", "iteration"), (beat.Timestamp, beat.Status, beat.Stage));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_empty_file_is_being_written(string kind)
    {
        foreach (var text in new[] { "", " ", "\n", "\uFEFF", "\uFEFF \r\n\t" })
        {
            var (value, fault, torn) = ArtifactParser.All[kind](Bytes(text));

            Assert.Null(value);
            Assert.Equal("the file is empty", fault);
            Assert.True(torn);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_half_of_a_file_is_being_written(string kind)
    {
        var whole = Good(kind);
        for (var length = 1; length < whole.Length; length++)
        {
            var (value, fault, torn) = ArtifactParser.All[kind](whole[..length]);

            Assert.Null(value);
            Assert.StartsWith("line 1, column ", fault, StringComparison.Ordinal);
            Assert.True(torn);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_byte_order_mark_changes_nothing(string kind)
    {
        var (value, fault, _) = ArtifactParser.All[kind]([0xEF, 0xBB, 0xBF, .. Good(kind)]);

        Assert.NotNull(value);
        Assert.Null(fault);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Text_behind_the_object_is_a_fault(string kind)
    {
        foreach (var rest in new[] { "x", "{}", "}", ",", "\0" })
        {
            var (value, fault, _) = ArtifactParser.All[kind]([.. Good(kind), .. Bytes(rest)]);

            Assert.Null(value);
            Assert.NotNull(fault);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nul_bytes_as_a_crash_leaves_them_are_being_written_and_not_a_value(string kind)
    {
        foreach (var bytes in new byte[][] { new byte[64], [.. Good(kind)[..20], .. new byte[64]], [0] })
        {
            var (value, fault, torn) = ArtifactParser.All[kind](bytes);

            Assert.Null(value);
            Assert.NotNull(fault);
            Assert.True(torn);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_document_that_is_no_object_is_invalid_and_not_torn(string kind)
    {
        foreach (var text in new[] { "[]", "\"text\"", "5", "true", "null", "[{}]" })
        {
            var (value, fault, torn) = ArtifactParser.All[kind](Bytes(text));

            Assert.Null(value);
            Assert.StartsWith("expected an object", fault, StringComparison.Ordinal);
            Assert.False(torn);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_object_without_the_field_that_matters_is_invalid_and_not_torn(string kind)
    {
        var (value, fault, torn) = ArtifactParser.All[kind](Bytes("""{"other":1}"""));

        Assert.Null(value);
        Assert.NotNull(fault);
        Assert.False(torn);
    }

    [Theory]
    [InlineData("state", """{"active":"true"}""", "\"active\" must be true or false")]
    [InlineData("state", """{"active":null}""", "\"active\" must be true or false")]
    [InlineData("active_run", """{"pid":0}""", "\"pid\" must be a positive number")]
    [InlineData("active_run", """{"pid":-4}""", "\"pid\" must be a positive number")]
    [InlineData("active_run", """{"pid":"x"}""", "\"pid\" must be a positive number")]
    [InlineData("active_run", """{"pid":99999999999}""", "\"pid\" must be a positive number")]
    [InlineData("approval", """{"status":""}""", "\"status\" must be text")]
    [InlineData("approval", """{"status":1}""", "\"status\" must be text")]
    [InlineData("summary", """{"entries":{}}""", "\"entries\" must be a list")]
    [InlineData("summary", """{"entries":[{},5]}""", "the last of \"entries\" must be an object")]
    [InlineData("summary", """{"version":1}""", "\"entries\" is missing")]
    [InlineData("heartbeat", """{"timestamp":"soon"}""", "\"timestamp\" must be an ISO 8601 time")]
    [InlineData("heartbeat", """{"timestamp":1700000000}""", "\"timestamp\" must be an ISO 8601 time")]
    public void A_field_of_the_wrong_shape_is_invalid_and_named(string kind, string text, string fault) =>
        Assert.Equal((null, fault, false), ArtifactParser.All[kind](Bytes(text)));

    [Fact]
    public void A_number_may_come_as_text()
    {
        var run = ActiveRun.Parse(Bytes("""{"pid":"77","pgid":"78","iteration":"3"}""")).Value!;

        Assert.Equal((77, 78, 3), (run.Pid, run.ProcessGroup, run.Iteration));
    }

    [Fact]
    public void A_side_field_of_another_type_is_only_absent()
    {
        var state = RuntimeState.Parse(Bytes("""{"active":true,"iteration":{},"current_loop_id":5,"updated_at":"soon"}""")).Value!;

        Assert.Equal((null, null, null), (state.Iteration, state.CurrentLoopId, state.UpdatedAt));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Deep_nesting_is_a_fault_and_no_overflow(string kind)
    {
        var text = "{\"x\":" + new string('[', 200_000) + new string(']', 200_000) + "}";

        var (value, fault, _) = ArtifactParser.All[kind](Bytes(text));

        Assert.Null(value);
        Assert.NotNull(fault);
    }

    [Fact]
    public void A_fault_names_line_and_column_from_one() =>
        Assert.StartsWith("line 2, column 3: ", RuntimeState.Parse(Bytes("{\"active\":true,\n  ]")).Fault, StringComparison.Ordinal);

    [Fact]
    public void A_raw_value_outlives_the_bytes_it_was_read_from()
    {
        var bytes = Good("state");
        var state = RuntimeState.Parse(bytes).Value!;
        bytes.AsSpan().Clear();

        Assert.Equal("a", state.Raw.GetProperty("current_loop_id").GetString());
    }

    private static byte[] Good(string kind) => Bytes(ArtifactParser.Good[kind]);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2026-11-22T{time}Z");
}
