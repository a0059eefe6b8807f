using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Confirm;

/// <summary>What acts is offered only where it can act; what can be read is always read, and says why the rest is not offered.</summary>
public sealed class OfferedKeysTests
{
    private const string NotFound = "superloop.sh was not found. Set --superloop-bin or SUPERLOOP_BIN.";

    [Fact]
    public void Approve_and_reject_are_offered_where_something_waits()
    {
        using var waiting = ScreenDriver.Live(110, 30, "approval-approved", 11.3);
        waiting.Expect("a approve").Expect("r reject").Expect("assisted");
        waiting.Press(":").Type("approve").Expect("Approve the waiting run");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("r")]
    public void Where_nothing_waits_they_are_not_offered_and_say_so_in_one_line(string key)
    {
        using var screen = ScreenDriver.Live(110, 30, "completes", 600);

        screen.ExpectNot("a approve").ExpectNot("r reject").Press(key).Expect("No decision is needed in checkout-flow.");

        Assert.Equal((Overlay.None, null, null), (screen.Model.Ui.Overlay, screen.Model.Ui.Confirm, screen.Model.Ui.Prompt));
        screen.Press(":").Type("approve-run").Expect("unavailable: No decision is needed");
    }

    [Fact]
    public void A_decision_that_was_made_already_can_be_read_and_is_not_offered()
    {
        using var screen = ScreenDriver.Live(110, 30, "approval-approved", 11.3);
        Replace(screen, static loop => loop with
        {
            Approval = loop.Approval with { Value = loop.Approval.Value! with { Status = "approved", DecidedBy = "bob" } },
        });

        screen.ExpectNot("a approve").Press("a").Expect("bob has already approved it");
        screen.Expect("APPROVE approval-approved · checkout-flow · run 2026-11-22T19:19:21Z · iteration 1");
        screen.ExpectNot("y sends it").ExpectNot("y send");
    }

    [Fact]
    public void A_box_whose_question_goes_while_it_is_open_never_names_an_unknown_run()
    {
        using var screen = ScreenDriver.Live(110, 30, "approval-approved", 11.3);
        screen.Press("a").Expect("y sends it");

        var repo = screen.Model.CurrentRepo!;
        screen.Take(new ApprovalSeen(repo.Now, repo.Path, "checkout-flow", new(ArtifactCondition.Missing, null, null, null)));

        screen.Expect("no run is waiting for an approval").ExpectNot("unknown").ExpectNot("y sends it");
        screen.Expect("APPROVE approval-approved · checkout-flow ─");
    }

    [Fact]
    public void Without_the_runtimes_command_nothing_is_offered_and_header_box_palette_and_why_say_so()
    {
        using var screen = Without();

        screen.Expect(" passive ").ExpectNot("assisted").ExpectNot("a approve").ExpectNot("r reject");
        screen.Press("w", "3", "z").Expect($"cannot send  {NotFound}").Press("z", "1");

        screen.Press("a").Expect("APPROVE approval-approved · checkout-flow").Expect($"Cannot approve: {NotFound}");
        screen.Expect("request").ExpectNot("y send");
        screen.Wait(2).Press("y").Expect("Cannot approve: superloop.sh was not found");
        Assert.Null(screen.Model.Ui.Confirm!.PressedAt);
        screen.Press("Esc", ":").Type("approve-run").Expect("unavailable: superloop.sh was not found").Expect($"─ {NotFound} ─");
        screen.Press("Esc", ":").Type("cancel-run").Expect($"─ {NotFound} ─");
    }

    [Fact]
    public void A_rejection_asks_for_no_note_where_it_could_not_be_sent()
    {
        using var screen = Without();

        screen.Press("r").Expect("REJECT approval-approved · checkout-flow");

        Assert.Null(screen.Model.Ui.Prompt);
    }

    [Fact]
    public void A_command_that_is_installed_while_the_box_is_open_lets_it_send_but_not_by_a_held_key()
    {
        using var screen = Without();
        screen.Press("a").Wait(2);

        Found(screen, "/usr/bin/superloop");

        screen.Expect("assisted").Expect("y sends it").Expect("/usr/bin/superloop approve").Press("y");
        Assert.Null(screen.Model.Ui.Confirm!.PressedAt);
        screen.Wait(2).Press("y");
        Assert.NotNull(screen.Model.Ui.Confirm!.PressedAt);
    }

    [Fact]
    public void Another_command_than_the_one_that_was_shown_is_asked_anew()
    {
        using var screen = ScreenDriver.Live(110, 30, "approval-approved", 11.3);
        screen.Press("a").Wait(2).Press("y");
        Assert.NotNull(screen.Model.Ui.Confirm!.PressedAt);

        Found(screen, "/tmp/other");

        screen.Expect("changed  the command was /srv/approval-approved/superloop.sh and is now /tmp/other");
        Assert.Null(screen.Model.Ui.Confirm!.PressedAt);
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    public void The_box_without_a_command_looks_as_it_did(int columns, int rows)
    {
        using var screen = ScreenDriver.Live(columns, rows, "approval-approved", 11.3, ColorDepth.True, CommandSearch.None(NotFound));

        screen.Press("a");

        Golden.Assert($"ask-without-command-{columns}x{rows}", screen.Styled);
    }

    private static ScreenDriver Without() =>
        ScreenDriver.Live(110, 40, "approval-approved", 11.3, ColorDepth.True, CommandSearch.None(NotFound));

    private static void Found(ScreenDriver screen, string file)
    {
        var repo = screen.Model.CurrentRepo!;
        screen.Take(new CommandSeen(repo.Now, repo.Path, CommandSearch.Found(new RuntimeCommand(file, "PATH"))));
    }

    private static void Replace(ScreenDriver screen, Func<LoopModel, LoopModel> change)
    {
        var repo = screen.Model.CurrentRepo!;
        var loop = change(screen.Model.Current!);
        var changed = repo with { Loops = repo.Loops.SetItem(loop.Id, loop) };
        screen.Send(new FleetChanged(screen.Model.Fleet with { Repos = screen.Model.Fleet.Repos.SetItem(repo.Path, changed) }));
    }
}
