using System.Text;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Record;
using Xunit;

namespace OpsManager.Tests.Sources.Record;

public sealed class TapeRedactorTests
{
    private const string Log = ".superloop/loops/a/events.jsonl";
    private const string Approval = ".superloop/loops/a/approval.json";
    private const string Secret = "ghp" + "_0123456789abcdefghijABCDEFGHIJ012345";

    private readonly TapeRedactor redactor = new(new Redactor(RedactionRules.For("/srv/shop", null, [])));

    [Fact]
    public void A_secret_that_was_written_in_two_pieces_is_redacted()
    {
        Assert.Equal("put ", Text(redactor.Redact(Put(Log, $"{{\"m\":\"{Secret[..12]}"))));
        Assert.Equal("", Text(redactor.Redact(Append(Secret[12..20]))));
        Assert.Equal("append {\"m\":\"[redacted:github]\"}\n", Text(redactor.Redact(Append($"{Secret[20..]}\"}}\n{{\"m\":"))));
        Assert.Equal("append {\"m\":", Text(redactor.End()));
    }

    [Fact]
    public void A_private_key_over_several_lines_is_redacted()
    {
        var put = Put(".superloop/loops/a/logs/iter-1/x.log",
            "before\n-----BEGIN PRIVATE KEY-----\nMIIEabcdef\nghijkl==\n-----END PRIVATE KEY-----\nbehind\n");

        var key = string.Concat(Enumerable.Repeat("[redacted:private-key]\n", 4));
        Assert.Equal($"put before\n{key}behind\n",
            Text(redactor.Redact(put)));
    }

    [Fact]
    public void A_torn_file_stays_torn_and_shows_no_beginning_of_a_secret()
    {
        Assert.Equal("put ", Text(redactor.Redact(Put(Approval, ""))));
        Assert.Equal("put {\"status\":\"pending\",\"note\":\"[redacted:torn-word]",
            Text(redactor.Redact(Put(Approval, $"{{\"status\":\"pending\",\"note\":\"{Secret[..12]}"))));
        Assert.Equal("put {\"status\":\"pending\",\"note\":\"[redacted:github]\"}",
            Text(redactor.Redact(Put(Approval, $"{{\"status\":\"pending\",\"note\":\"{Secret}\"}}"))));
    }

    [Fact]
    public void A_text_that_is_longer_than_a_step_goes_on_in_the_next_and_no_character_is_cut()
    {
        var text = $"{{\"m\":\"{string.Concat(Enumerable.Repeat("aéz", 400_000))}\"}}";

        var steps = redactor.Redact(Put(Approval, text)).ToArray();

        Assert.True(steps.Length > 1);
        Assert.IsType<TapePut>(steps[0]);
        Assert.All(steps[1..], static step => Assert.IsType<TapeAppend>(step));
        Assert.Equal(text, string.Concat(steps.Select(static step => Encoding.UTF8.GetString(Bytes(step)))));
    }

    private static TapePut Put(string path, string text) => new(default, 0, path, Encoding.UTF8.GetBytes(text));

    private static TapeAppend Append(string text) => new(default, 0, Log, Encoding.UTF8.GetBytes(text));

    private static byte[] Bytes(TapeStep step) => step is TapePut put ? put.Text : ((TapeAppend)step).Text;

    private static string Text(IEnumerable<TapeStep> steps) => string.Join(
        '|', steps.Select(static step => $"{(step is TapePut ? "put" : "append")} {Encoding.UTF8.GetString(Bytes(step))}"));
}
