using OpsManager.Tests.Tui.Session;
using Xunit;

namespace OpsManager.Tests.Tui.Confirm;

/// <summary>How far a loop is trusted is set on the screen or beside it, and every manager obeys.</summary>
public sealed class StageFlowTests : IDisposable
{
    private const string Rollout = $"ops-manager/{LiveRepo.Loop}/rollout.json";

    private readonly LiveRepo repo = new();

    public void Dispose() => repo.Dispose();

    [Fact]
    public void A_loop_is_made_passive_with_a_reason_and_nothing_can_be_sent_to_it()
    {
        using var screen = new LiveScreen(repo);
        screen.Expect("assisted").Press(":").Type("stage passive").Press("Enter")
            .Expect("reason: ").Expect("sets checkout-flow to passive");

        screen.Press("Enter").Expect("type a reason").Type("it acts up").Press("Enter").Until(" passive ");

        Assert.Contains("\"reason\": \"it acts up\"", repo.Read(Rollout), StringComparison.Ordinal);
        Assert.StartsWith("p>", screen.Text.Split('\n')[3], StringComparison.Ordinal);
        screen.Press("x").Expect("the loop is passive, set by ada: it acts up").Wait(1).TypeTheCode().ExpectNothingSent();
    }

    [Fact]
    public void An_open_box_is_shut_off_when_another_manager_makes_the_loop_passive()
    {
        repo.AskApproval();
        using var screen = new LiveScreen(repo);
        screen.Until(static model => model.Current!.Approval.Value is not null).Press("a").Wait(1);

        Set("""{"schemaVersion":"v1","stage":"passive","changedAt":"2031-01-01T00:00:00Z","changedBy":"bob","reason":"a night off"}""");
        screen.Until("the loop is passive, set by bob: a night off")
            .Press("y")
            .Wait(1)
            .Press("y")
            .Expect("Cannot ")
            .ExpectNothingSent();

        Set("""{"schemaVersion":"v1","stage":"assisted","changedAt":"2031-01-01T00:00:01Z","changedBy":"bob","reason":"back again"}""");
        screen.Until("y sends it").Wait(2).Press("y").Wait(0.2).Until("approval confirmed");
    }

    [Fact]
    public void A_stage_that_changes_behind_the_last_look_is_noticed_at_sending()
    {
        repo.AskApproval();
        using var screen = new LiveScreen(repo);
        screen.Until(static model => model.Current!.Approval.Value is not null).Press("a").Wait(1).Press("y");

        Set("""{"stage":"passive","changedBy":"bob","reason":"a night off"}""");

        screen.Wait(0.2).Until("a night off").ExpectNothingSent();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"stage\":\"pass")]
    [InlineData("{\"stage\":\"free\"}")]
    [InlineData("[]")]
    public void Where_the_stage_cannot_be_read_nobody_may_act(string text)
    {
        Set(text);
        using var screen = new LiveScreen(repo);

        screen.Until(static model => model.Current!.Rollout.Fault is not null)
            .Press("x")
            .Expect("cannot be used")
            .Wait(1)
            .TypeTheCode()
            .ExpectNothingSent();
    }

    private void Set(string text)
    {
        var path = Path.Combine(repo.Root, ".superloop", Rollout);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
