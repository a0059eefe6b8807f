using System.Text;
using System.Text.Json;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using Xunit;

namespace OpsManager.Tests.Contract.Manager;

public sealed class RowTests
{
    [Fact]
    public void A_row_of_usage_is_read()
    {
        var row = Usage("""
            {"timestamp":"2026-11-22T19:19:03Z","iteration":2,"role":"planner","duration_ms":444,"runner":"claude","model":"m-1","cost_usd":0.125,
             "session_id":null,"usage":{"input_tokens":10,"output_tokens":20,"cache_read_input_tokens":30,"cache_creation_input_tokens":5,"total_tokens":65},"more":1}
            """).Value!;

        Assert.Equal(
            new UsageEntry(new(2026, 11, 22, 19, 19, 3, TimeSpan.Zero), 2, "planner", 444, "claude", "m-1", 0.125m, 10, 20, 35), row);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"timestamp":7,"iteration":"x","role":[],"duration_ms":{},"runner":1,"model":null,"cost_usd":"free","usage":[1]}""")]
    [InlineData("""{"duration_ms":-1,"cost_usd":-0.5,"usage":{"input_tokens":1e400,"output_tokens":1e18,"cached_input_tokens":"x"} }""")]
    public void Values_that_are_absent_or_of_another_type_or_beyond_reason_are_null(string text) =>
        Assert.Equal(new UsageEntry(null, null, null, null, null, null, null, null, null, null), Usage(text).Value);

    [Fact]
    public void A_number_may_come_as_text() =>
        Assert.Equal(
            (1.5m, 7L),
            Usage("""{"cost_usd":"1.5","duration_ms":"7"}""").Value is { CostUsd: { } cost, DurationMs: { } ms } ? (cost, ms) : default);

    [Fact]
    public void A_decision_is_read_and_must_have_its_word()
    {
        var row = Decision.Parse(
            """{"timestamp":"2026-11-22T19:19:30Z","loop_id":"l","run_id":"r","iteration":1,"decision":"approved","by":"ada","note":"looks good"}"""u8.ToArray());

        Assert.Equal(new Decision(new(2026, 11, 22, 19, 19, 30, TimeSpan.Zero), "r", 1, "approved", "ada", "looks good"), row.Value);
        Assert.Equal("\"decision\" must be text", Decision.Parse("{}"u8.ToArray()).Fault);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("{\"decision\":\"approved\",\"intent\":\"cancel\"} x")]
    public void What_is_no_object_is_no_row(string text)
    {
        Assert.Null(Usage(text).Value);
        Assert.Null(Decision.Parse(Encoding.UTF8.GetBytes(text)).Value);
        Assert.Null(Intent(text).Value);
    }

    [Fact]
    public void Texts_are_cut_and_never_in_the_middle_of_a_pair()
    {
        var note = new string('n', JsonFields.MaxNoteChars - 1) + "😀 and more";
        var row = Decision.Parse(Encoding.UTF8.GetBytes($$"""{"decision":"{{new string('w', 5000)}}","note":"{{note}}"}""")).Value!;

        Assert.Equal((JsonFields.MaxWordChars, JsonFields.MaxNoteChars - 1), (row.Word.Length, row.Note!.Length));
    }

    [Fact]
    public void An_intent_that_was_written_is_read_as_it_was()
    {
        var row = Row() with { Note = "why", CommandOutput = "out", Confirm = JsonElement.Parse("""{"seen":true}""") };
        var text = ContractJson.Write(row, ContractJson.Default.IntentRow);
        var read = Intent(text).Value!;

        Assert.Equal(text, ContractJson.Write(read, ContractJson.Default.IntentRow));
        Assert.Equal(row with { Confirm = null }, read with { Confirm = null });
        Assert.Equal("""{"seen":true}""", read.Confirm!.Value.GetRawText());
    }

    [Fact]
    public void An_intent_is_written_with_the_contracts_names_and_without_what_may_be_absent() => Assert.Equal(
        """
        {"timestamp":"2026-11-22T19:00:00Z","loopId":"l","intent":"cancel","traceId":"t","requestedBy":"ada","transport":"local","status":"executed_unconfirmed","command":"superloop.sh cancel","idempotencyKey":"k","exitCode":0,"confirmExitCode":null,"confirmed":false}
        """,
        ContractJson.Write(Row(), ContractJson.Default.IntentRow));

    [Theory]
    [InlineData("confirmed", IntentStatus.Confirmed, null)]
    [InlineData("ambiguous", IntentStatus.Ambiguous, null)]
    [InlineData("failed_command", IntentStatus.FailedCommand, null)]
    [InlineData("executed_unconfirmed", IntentStatus.ExecutedUnconfirmed, null)]
    [InlineData("queued", null, "queued")]
    public void A_status_that_is_not_known_does_not_fail_the_row(string word, IntentStatus? expected, string? unknown)
    {
        var row = Intent($$"""{"intent":"cancel","status":"{{word}}"}""").Value!;

        Assert.Equal((expected, unknown), (row.Status, row.UnknownStatus));
    }

    [Fact]
    public void An_intent_of_another_manager_is_read_with_tolerance()
    {
        var row =
            Intent(
                """{"intent":"approve","timestamp":1,"loopId":{},"status":7,"command":["superloop.sh","approve",1],"exitCode":"2","confirmed":"yes","confirm":"no","future":[]}""").Value!;

        Assert.Equal(
            ("approve", null, null, null, "superloop.sh approve", 2, null, null),
            (row.Intent, row.Timestamp, row.LoopId, row.Status, row.Command, row.ExitCode, row.IsConfirmed, row.Confirm));
        Assert.Equal("\"intent\" must be text", Intent("""{"intent":""}""").Fault);
        Assert.Null(Intent($$"""{"intent":"approve","confirm":{"x":"{{new string('x', 20_000)}}"} }""").Value!.Confirm);
    }

    [Fact]
    public void A_confirmed_intent_carries_its_evidence()
    {
        var row = IntentRow.Confirmed(
            Facts,
            new Confirmation(new EvidenceRecord { Source = "process", Fact = "gone", Path = null }, []),
            ContractJson.Default.Confirmation);

        Assert.Equal((IntentStatus.Confirmed, true, 0), (row.Status, row.IsConfirmed, row.ConfirmExitCode));
        Assert.Equal("""{"evidence":[{"source":"process","fact":"gone","path":null}]}""", row.Confirm!.Value.GetRawText());
    }

    [Fact]
    public void Nothing_but_a_confirmation_makes_a_row_confirmed()
    {
        Assert.Empty(typeof(IntentRow).GetConstructors());
        Assert.DoesNotContain(
            typeof(IntentRow).GetProperty(nameof(IntentRow.Status))!.GetAccessors(),
            static accessor => accessor.Name.StartsWith("set_", StringComparison.Ordinal));
        Assert.All(
            typeof(IntentRow)
                .GetMethods(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
                .Where(static method => method.ReturnType == typeof(IntentRow) && method.Name == "Confirmed"),
            static method => Assert.Contains(method.GetParameters(), static parameter => parameter.ParameterType == typeof(Confirmation)));
    }

    private static readonly IntentFacts Facts =
        new(new(2026, 11, 22, 19, 0, 0, TimeSpan.Zero), "l", "cancel", "t", "ada", null, "local", "superloop.sh cancel", "k", 0, null);

    private static IntentRow Row() => IntentRow.Unconfirmed(Facts);

    private static ArtifactParse<UsageEntry> Usage(string text) => UsageEntry.Parse(Encoding.UTF8.GetBytes(text));

    private static ArtifactParse<IntentRow> Intent(string text) => IntentRow.Parse(Encoding.UTF8.GetBytes(text));
}
