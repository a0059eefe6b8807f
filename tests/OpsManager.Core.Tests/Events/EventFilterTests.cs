using OpsManager.Core.Events;
using Xunit;

namespace OpsManager.Core.Tests.Events;

public sealed class EventFilterTests
{
    private static readonly EventLog Log = LogText.Index(
        """{"timestamp":"2026-11-22T19:00:00Z","event":"loop_start","data":{"max_iterations":5} }""",
        """{"timestamp":"2026-11-22T19:00:01Z","event":"role_start","role":"Planner","iteration":1}""",
        """{"timestamp":"2026-11-22T19:00:02Z","event":"tests_end","iteration":3,"data":{"status":"failed"} }""",
        """{"timestamp":"2026-11-22T19:00:03Z","event":"role_end","role":"implementer","status":"ok","iteration":4,"data":{"status":"failed"} }""",
        "oops",
        "",
        $$"""{"timestamp":"2026-11-22T19:00:04Z","event":"{{new string('x', 300)}}","status":"{{new string('y', 300)}}","iteration":5}""");

    [Theory]
    [InlineData("", "0123456")]
    [InlineData("  \t", "0123456")]
    [InlineData("role:plan", "1")]
    [InlineData("ROLE:PLAN", "1")]
    [InlineData("role:n", "13")]
    [InlineData("!role:n", "02456")]
    [InlineData("event:role", "13")]
    [InlineData("event:role role:impl", "3")]
    [InlineData("event:role !role:impl", "1")]
    [InlineData("event:invalid", "4")]
    [InlineData("event:blank", "5")]
    [InlineData("event:long", "6")]
    [InlineData("status:fail", "2")]
    [InlineData("status:ok", "3")]
    [InlineData("status:5", "0")]
    [InlineData("status:yyy", "")]
    [InlineData("iter:3", "2")]
    [InlineData("iter:3-4", "23")]
    [InlineData("iter:>3", "36")]
    [InlineData("iter:>=3", "236")]
    [InlineData("iter:<3", "1")]
    [InlineData("iter:<=3", "12")]
    [InlineData("iter:<0", "")]
    [InlineData("iter:4-3", "")]
    [InlineData("!iter:<=3", "03456")]
    [InlineData("role: event: status: iter: !role: ! !\"\" \"\"", "0123456")]
    [InlineData("event:\"role_s\"", "1")]
    public void Index_terms_choose_rows(string filter, string rows)
    {
        var parsed = Parse(filter);
        var matcher = new IndexMatcher(parsed, Log.Words);

        Assert.Empty(parsed.TextTerms);
        Assert.Equal(rows, string.Concat(Enumerable.Range(0, Log.Count).Where(row => matcher.Holds(Log[row]))));
    }

    [Theory]
    [InlineData("two words", "two|words")]
    [InlineData("\"two words\"", "two words")]
    [InlineData("!\"two words\" x", "!two words|x")]
    [InlineData("say\"  \"hello", "say  hello")]
    [InlineData("\"role:x\"", "role:x")]
    [InlineData("http://x", "http://x")]
    [InlineData(":", ":")]
    [InlineData("!!x", "!!x")]
    [InlineData("! x", "x")]
    [InlineData("\"not closed", "not closed")]
    public void Anything_else_is_text(string filter, string terms)
    {
        var parsed = Parse(filter);

        Assert.Empty(parsed.IndexTerms);
        Assert.Equal(terms, string.Join('|', parsed.TextTerms.Select(static term => (term.Inverted ? "!" : "") + term.Text)));
    }

    [Fact]
    public void Text_terms_hold_whatever_the_case_and_all_of_them_must()
    {
        Assert.True(Parse("Alpha ÉT").HoldsForText("the alphabet été"));
        Assert.False(Parse("alpha beta").HoldsForText("the alphabet"));
        Assert.False(Parse("alpha !bet").HoldsForText("the alphabet"));
    }

    [Theory]
    [InlineData("iter:x")]
    [InlineData("iter:>")]
    [InlineData("iter:3-")]
    [InlineData("iter:-3")]
    [InlineData("iter:>2147483647")]
    [InlineData("iter:99999999999")]
    [InlineData("role:x !iter:=3")]
    public void What_cannot_be_understood_is_said(string filter)
    {
        Assert.False(EventFilter.TryParse(filter, out var parsed, out var fault));
        Assert.Null(parsed);
        Assert.Contains("iter: needs a number", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_has_bounds()
    {
        Assert.False(EventFilter.TryParse(new string('x', 1001), out _, out var tooLong));
        Assert.Equal("a filter has at most 1000 characters", tooLong);
        Assert.False(EventFilter.TryParse(string.Join(' ', Enumerable.Repeat("x", 33)), out _, out var tooMany));
        Assert.Equal("a filter has at most 32 terms", tooMany);
        Assert.True(Parse("").IsEmpty && EventFilter.TryParse(null, out _, out _));
    }

    private static EventFilter Parse(string text) =>
        EventFilter.TryParse(text, out var filter, out var fault) ? filter : throw new InvalidOperationException(fault);
}
