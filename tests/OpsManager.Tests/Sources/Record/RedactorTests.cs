using System.Text.Json;
using OpsManager.Sources.Record;
using Xunit;

namespace OpsManager.Tests.Sources.Record;

public sealed class RedactorTests
{
    /// <summary>One made-up secret of each kind, put together here so that no scanner takes this file for a leak.</summary>
    public static TheoryData<string, string> Secrets => new()
    {
        { "github", "ghp" + "_0123456789abcdefghijABCDEFGHIJ012345" },
        { "github", "github" + "_pat_11ABCDEFG0abcdefghijklmnopqrstuvwxyz" },
        { "gitlab", "glpat" + "-abcdefghijKLMNOPQRST" },
        { "aws", "AKIA" + "ABCDEFGHIJKLMNOP" },
        { "slack", "xoxb" + "-123456789012-abcdefghijkl" },
        { "slack", "hooks.slack.com" + "/services/T000/B000/abcdefgh" },
        { "ai-key", "sk-" + "ant-api03-abcdefghijklmnopqrstuvwxyz0123456789" },
        { "ai-key", "sk-" + "proj-abcdefghijklmnopqrstuvwxyz0123456789" },
        { "google", "AIza" + "SyA0123456789abcdefghijklmnopqrstuv" },
        { "npm", "npm" + "_abcdefghijklmnopqrstuvwxyz0123456789" },
        { "huggingface", "hf" + "_abcdefghijklmnopqrstuvwxyzABCDEFGH" },
        { "stripe", "sk_" + "live_abcdefghijklmnop" },
        { "jwt", "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N" },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_token_is_redacted_wherever_it_stands(string kind, string secret)
    {
        var redactor = New();
        var json = $$$"""{"message":"it said {{{secret}}}, and \"{{{secret}}}\"","data":{"x":"{{{secret}}}"}}""";

        var redacted = redactor.Redact(json);

        Assert.DoesNotContain(secret, redacted, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, redactor.Redact($"plain text {secret}\n"), StringComparison.Ordinal);
        Assert.Equal(4, redactor.Counts[kind]);
        JsonDocument.Parse(redacted).Dispose();
    }

    [Theory]
    [InlineData("""{"password":"correct horse, battery"}""", "correct")]
    [InlineData("""{"api_key":"plainword"}""", "plainword")]
    [InlineData("""{"clientSecret":"with \"quotes\" in it"}""", "quotes")]
    [InlineData("""{"message":"curl -H 'Authorization: Bearer abc123def456'"}""", "abc123def456")]
    [InlineData("""{"message":"{\"token\":\"abc123def456\"}"}""", "abc123def456")]
    [InlineData("""{"message":"postgres://app:hunter2@db/x"}""", "hunter2")]
    [InlineData("""{"message":"https:\/\/app:hunter2@db\/x"}""", "hunter2")]
    [InlineData("PASSWORD=hunter2", "hunter2")]
    [InlineData("api-key: k3y9876", "k3y9876")]
    [InlineData("""{"message":"-----BEGIN RSA PRIVATE KEY-----\nMIIEabc+/=\n-----END RSA PRIVATE KEY-----\n"}""", "MIIEabc")]
    public void A_value_is_redacted_where_its_name_says_what_it_is(string text, string secret)
    {
        var redacted = New().Redact(text);

        Assert.DoesNotContain(secret, redacted, StringComparison.Ordinal);
        Assert.Contains("[redacted:", redacted, StringComparison.Ordinal);
        if (text[0] == '{')
        {
            JsonDocument.Parse(redacted).Dispose();
        }
    }

    [Theory]
    [InlineData("""{"timestamp":"2026-11-22T19:16:15Z","run_id":"2026-11-22T19:16:15Z","loop_id":"api-key-rotation","iteration":3}""")]
    [InlineData("""{"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","commit":"c31872ad00f2"}""")]
    [InlineData("""{"session_id":"0198c5e2-7a3b-7cc2-9d11-5f6a7b8c9d0e","idempotencyKey":"a1b2c3d4e5f60718"}""")]
    [InlineData("""{"usage":{"input_tokens":1234,"output_tokens":56,"max_tokens":4096},"cost_usd":0.25}""")]
    [InlineData("""{"message":"the next token is expected: a secret of basic authentication"}""")]
    public void Ids_hashes_times_counts_and_prose_stay(string text)
    {
        var redactor = New();

        Assert.Equal(text, redactor.Redact(text));
        Assert.Equal("nothing", redactor.Counts.Text);
    }

    [Fact]
    public void The_repository_has_one_name_and_homes_have_none()
    {
        var redactor = New();

        Assert.Equal(
            """{"repo":"/repo/shop","a":"/repo/shop/src","b":"/home/user/work/shop2","c":"\/repo\/shop\/x","d":"/Users/user/y"}""",
            redactor.Redact("""{"repo":"/home/ada/work/shop","a":"/home/ada/work/shop/src","b":"/home/ada/work/shop2","""
                + """
                "c":"\/home\/ada\/work\/shop\/x","d":"/Users/bob/y"}
                """));
        Assert.Equal("2 home-path, 3 repository-path", redactor.Counts.Text);
    }

    [Fact]
    public void A_pattern_of_the_user_redacts_but_no_id_hash_or_time()
    {
        var redactor = new Redactor(RedactionRules.For("/srv/shop", null, ["ACME-[0-9]+", "[0-9]{4}"]));

        Assert.Equal(
            """{"timestamp":"2026-11-22T19:16:15Z","sha256":"abcd1234ef567890","m":"[redacted:configured] and [redacted:configured]"}""",
            redactor.Redact("""{"timestamp":"2026-11-22T19:16:15Z","sha256":"abcd1234ef567890","m":"ACME-77 and 9999"}"""));
    }

    private static Redactor New() => new(RedactionRules.For("/home/ada/work/shop", "/home/ada", []));
}
