using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Control.Act;
using OpsManager.Control.Storage;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Control;
using Xunit;

namespace OpsManager.Control.Tests.Act;

public sealed class KeyHistoryTests : IDisposable
{
    private readonly LiveRepo repo = new();

    public void Dispose() => repo.Dispose();

    [Fact]
    public void A_key_that_nobody_used_is_unused()
    {
        Row("intents.jsonl", "other");

        Assert.Equal(KeyHistory.None, Read("k1"));
    }

    [Fact]
    public void It_is_found_behind_more_rows_than_a_screen_keeps()
    {
        Row("intents.jsonl", "k1");
        Row("telemetry/control.jsonl", "k1", "started");
        for (var i = 0; i < 1100; i++)
        {
            Row("intents.jsonl", $"other{i}");
            Row("telemetry/control.jsonl", $"other{i}", "started");
        }

        var found = Read("k1");

        Assert.True(found.IsUsed);
        Assert.Equal(("k1", "k1"), (found.Row?.IdempotencyKey, found.Case?.Key));
    }

    [Fact]
    public void A_key_is_found_however_its_row_escapes_it()
    {
        Row("telemetry/control.jsonl", "\\u006b1", "started");

        Assert.True(Read("k1").IsUsed);
    }

    [Fact]
    public void What_was_refused_and_never_sent_is_answered_and_half_a_row_is_none()
    {
        Row("telemetry/control.jsonl", "k1", "finished");
        var rows = Path.Combine(repo.Root, ArtifactPaths.ControlRows(LiveRepo.Loop));
        File.AppendAllText(rows, Text("k2", "started")[..^3]);

        Assert.Equal((false, false), (Read("k1").IsUsed, Read("k2").IsUsed));
    }

    [Fact]
    public void A_key_that_a_service_answered_is_found_too()
    {
        const string Answer = """
            {"k1":{"status":200,"fingerprint":"f","at":"2026-11-29T09:12:03Z",
            "answer":{"ok":true,"exitCode":0,"replayed":false,"result":ROW}}}
            """;
        repo.AppendRow("service-idempotency.json", Answer.Replace("ROW", Text("k1", ""), StringComparison.Ordinal));

        Assert.Equal("approve", Read("k1").Row?.Intent);
        Assert.False(Read("k2").IsUsed);
    }

    [Theory]
    [InlineData("approve", "ada", "fine", true)]
    [InlineData("reject", "ada", "fine", false)]
    [InlineData("approve", "bob", "fine", false)]
    [InlineData("approve", "ada", null, false)]
    public void A_key_stands_for_one_request(string intent, string by, string? note, bool isSame)
    {
        Row("telemetry/control.jsonl", "k1", "started");
        Assert.True(Intent.TryParse(intent, note, out var wanted));
        var request = new ControlRequest
        {
            Repo = repo.Root,
            Loop = LiveRepo.Loop,
            Intent = wanted,
            By = by,
            Command = RuntimeCommand.Usual,
            TraceId = "t",
            IdempotencyKey = "k1",
        };

        var fault = Record.Exception(() => Read("k1").Check(request));

        Assert.Equal(isSame, fault is null);
        Assert.True(isSame || fault is ContractException { Code: ControlRequest.KeyTaken });
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public void A_key_that_rows_cannot_hold_is_none(string key)
    {
        Assert.False(ControlRequest.IsKey(key));
        Assert.True(ControlRequest.IsKey("k1"));
        Assert.False(ControlRequest.IsKey(new string('k', 10_000)));
    }

    private KeyHistory Read(string key) => KeyHistory.Read(new ManagerFiles(new FileSystem(), repo.Root, LiveRepo.Loop), key);

    private void Row(string path, string key, string phase = "") => repo.AppendRow(path, Text(key, phase));

    private static string Text(string key, string phase) =>
        $$"""{"timestamp":"2026-11-29T09:12:03Z","phase":"{{phase}}","loopId":"{{LiveRepo.Loop}}","idempotencyKey":"{{key}}","""
        + """ "intent":"approve","requestedBy":"ada","note":"fine"}""";
}
