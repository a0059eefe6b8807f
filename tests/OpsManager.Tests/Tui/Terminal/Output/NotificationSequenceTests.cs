using System.Text;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Configuration.Notify;
using OpsManager.Tui.Terminal.Output;
using Xunit;

namespace OpsManager.Tests.Tui.Terminal.Output;

public sealed class NotificationSequenceTests
{
    [Theory]
    [InlineData(NotificationForm.Bell, "\a")]
    [InlineData(NotificationForm.Osc9, "\e]9;ops-manager app: it failed\a")]
    [InlineData(NotificationForm.Osc777, "\e]777;notify;ops-manager app;it failed\a")]
    [InlineData(NotificationForm.None, "")]
    public void A_terminal_is_called_in_the_form_that_was_chosen(NotificationForm form, string sent) =>
        Assert.Equal(sent, Of(form, "it failed"));

    [Theory]
    [InlineData(NotificationForm.Bell, "\a")]
    [InlineData(NotificationForm.Osc9, "\ePtmux;\e\e]9;ops-manager app: it failed\a\e\\")]
    [InlineData(NotificationForm.Osc777, "\ePtmux;\e\e]777;notify;ops-manager app;it failed\a\e\\")]
    public void Tmux_has_a_bell_of_its_own_and_is_asked_to_pass_the_others_on(NotificationForm form, string sent) =>
        Assert.Equal(sent, Of(form, "it failed", through: Multiplexer.Tmux));

    [Fact]
    public void Screen_gets_pieces_that_it_can_take_and_that_make_the_whole()
    {
        var text = new string('é', 1000);
        var pieces = Of(NotificationForm.Osc9, text, through: Multiplexer.Screen).Split("\e\\", StringSplitOptions.RemoveEmptyEntries);

        Assert.All(pieces, static piece => Assert.InRange(Encoding.UTF8.GetByteCount(piece), 3, 766));
        Assert.Equal(Of(NotificationForm.Osc9, text), string.Concat(pieces.Select(static piece => piece[2..])));
    }

    [Theory]
    [InlineData(NotificationForm.Osc9)]
    [InlineData(NotificationForm.Osc777)]
    public void Whatever_stands_in_the_text_it_cannot_end_the_sequence_or_begin_another(NotificationForm form)
    {
        var sent = Of(form, "x\a\e\\\u009c\e]52;c;aGk=\a\u202E\n\u0007", "t\a\e]0;owned\a");

        Assert.Equal(('\e', '\a'), (sent[0], sent[^1]));
        Assert.DoesNotContain(sent[1..^1], static c => char.IsControl(c) || c == '\u202E');
    }

    [Fact]
    public void A_title_holds_no_semicolon_and_a_text_that_might_be_another_order_none_either()
    {
        Assert.Equal("\e]777;notify;a,b;c;d\a", Of(NotificationForm.Osc777, "c;d", "a;b"));
        Assert.Equal("\e]9;4,1,100: it failed\a", Of(NotificationForm.Osc9, "it failed", "4;1;100"));
    }

    [Fact]
    public void A_long_text_is_cut_and_without_UTF_8_only_ASCII_leaves()
    {
        var sent = Of(NotificationForm.Osc777, new string('x', 5000));
        Assert.Equal(NotificationSequence.MaxRunes + 1, sent.Length - "\e]777;notify;ops-manager app;\a".Length);

        Assert.Equal("\e]9;ops-manager app: caf? >\a", Encoding.UTF8.GetString(
            NotificationSequence.Create(NotificationForm.Osc9, "ops-manager app", "café →", Multiplexer.None, asciiOnly: true)));
    }

    [Fact]
    public void Of_several_calls_within_a_second_one_is_heard()
    {
        using var screen = new TestScreen();
        var time = new FakeTimeProvider();
        var notifier = screen.Host.Notifier(NotificationForm.Osc777, time);
        screen.Port.Take();

        notifier.Call("t", "one");
        notifier.Call("t", "two");
        time.Advance(TimeSpan.FromSeconds(0.9));
        notifier.Call("t", "three");
        time.Advance(TimeSpan.FromSeconds(0.1));
        notifier.Call("t", "four");

        Assert.Equal("\e]777;notify;t;one\a\e]777;notify;t;four\a", screen.Port.Take());
    }

    [Fact]
    public void Where_nothing_is_to_be_heard_nothing_is_sent()
    {
        using var screen = new TestScreen();
        screen.Port.Take();

        screen.Host.Notifier(NotificationForm.None, TimeProvider.System).Call("t", "one");

        Assert.Equal(0, screen.Port.Writes);
    }

    private static string Of(
        NotificationForm form, string text, string title = "ops-manager app", Multiplexer through = Multiplexer.None) =>
        Encoding.UTF8.GetString(NotificationSequence.Create(form, title, text, through));
}
