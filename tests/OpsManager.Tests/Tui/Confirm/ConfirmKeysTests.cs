using OpsManager.Tests.Tui.Session;
using Xunit;

namespace OpsManager.Tests.Tui.Confirm;

/// <summary>Which keys send, and which never do.</summary>
public sealed class ConfirmKeysTests : IDisposable
{
    private readonly LiveRepo repo = new();

    public void Dispose() => repo.Dispose();

    [Theory]
    [InlineData("Enter")]
    [InlineData("Space")]
    [InlineData("a")]
    [InlineData("r")]
    [InlineData("Y")]
    [InlineData("Tab")]
    [InlineData("1")]
    [InlineData("n")]
    public void Only_one_key_sends(string key)
    {
        using var screen = Asking();

        screen.Wait(1).Press(key).Wait(1).Press(key).Wait(1).Press(key).ExpectNothingSent();
    }

    [Fact]
    public void Right_after_the_box_opened_nothing_counts()
    {
        using var screen = Asking();

        screen.Press("y").ExpectNothingSent();
    }

    [Fact]
    public void A_key_that_was_held_when_the_box_opened_does_not_send_however_long_it_is_held()
    {
        using var screen = Asking();
        // The first one was ignored; a keyboard repeats after half a second, then thirty times a second.
        screen.Press("y").Wait(0.6);
        for (var i = 0; i < 100; i++)
        {
            screen.Press("y").Wait(0.033);
        }

        screen.ExpectNothingSent();
        screen.Wait(1).Press("y").Wait(0.2).Until("approval confirmed");
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("y\n")]
    [InlineData("yy")]
    [InlineData("xy")]
    [InlineData("cy")]
    [InlineData("jjy")]
    public void Pasted_text_never_sends_however_the_terminal_hands_it_over(string text)
    {
        using var screen = Asking();
        screen.Wait(1).Paste(text).ExpectNothingSent();

        // A terminal that does not mark what is pasted sends it as keys, all at once.
        foreach (var letter in text)
        {
            screen.Press(letter == '\n' ? "Enter" : letter.ToString());
        }

        screen.ExpectNothingSent();
    }

    [Fact]
    public void A_key_right_after_the_one_that_sends_takes_it_back()
    {
        using var screen = Asking();

        screen.Wait(1).Press("y").Wait(0.05).Press("Enter").Expect("several keys came at once").ExpectNothingSent();
    }

    [Fact]
    public void A_key_that_is_held_while_something_hinders_does_not_send_when_it_is_gone()
    {
        using var screen = Asking();
        repo.Remove($"loops/{LiveRepo.Loop}/approval.json");
        screen.Until("no run is waiting for an approval").Wait(1).Press("y");

        repo.AskApproval();
        screen.Until("now pending").Wait(0.4).Press("y");
        for (var i = 0; i < 40; i++)
        {
            screen.Wait(0.033).Press("y");
        }

        screen.ExpectNothingSent();
    }

    [Fact]
    public void Closing_the_box_sends_nothing()
    {
        using var screen = Asking();

        screen.Wait(1).Press("y").Press("Esc").ExpectNothingSent();
    }

    [Fact]
    public void Digits_of_a_cancel_count_only_in_their_order_and_by_themselves()
    {
        using var screen = new LiveScreen(repo);
        screen.Press("x");
        var code = screen.Model.Ui.Confirm!.Code;
        Assert.Matches("^[0-9]{4}$", code);
        Assert.DoesNotContain(code.Zip(code.Skip(1)), static pair => pair.First == pair.Second);

        // Right after opening, in the wrong order, with something between, pasted, and all at once with more behind.
        screen.Type(code).ExpectNothingSent();
        screen.Wait(1).Type(new string([.. code.Reverse()])).Wait(1).ExpectNothingSent();
        screen.Wait(1).Type(code[..2]).Press("Tab").Wait(1).Type(code[2..]).ExpectNothingSent();
        screen.Wait(1).Type(code[..2]).Paste(code[2..]).ExpectNothingSent();
        screen.Wait(1).Type(code).ExpectNothingSent();
        screen.Wait(1).TypeTheCode().Type("0").Expect("several keys came at once").ExpectNothingSent();
        Assert.True(repo.IsAlive);
    }

    [Fact]
    public void Digits_differ_from_one_time_to_the_next()
    {
        using var screen = new LiveScreen(repo);
        var codes = new HashSet<string>();
        for (var i = 0; i < 10; i++)
        {
            screen.Press("x");
            codes.Add(screen.Model.Ui.Confirm!.Code);
            screen.Press("Esc").Wait(1.37);
        }

        Assert.InRange(codes.Count, 8, 10);
    }

    /// <summary>The box that asks whether to approve, just opened.</summary>
    private LiveScreen Asking()
    {
        repo.AskApproval();
        return new LiveScreen(repo).Until(static model => model.Current!.Approval.Value is not null).Press("a").Expect("y sends it");
    }
}
