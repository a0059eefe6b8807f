using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Manager;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Shell;
using Xunit;

namespace OpsManager.Tests.Tui.Shell;

/// <summary>What to do next, on the screen: in the tab Why, in the box that describes, in an empty list, and in the clipboard.</summary>
public sealed class NextStepFlowTests
{
    private const string Failed = "/srv/role-fails/superloop.sh run --repo /srv/role-fails --loop checkout-flow";

    [Fact]
    public void A_failed_run_names_its_command_first_and_copies_it_from_the_list_and_from_why()
    {
        using var screen = ScreenDriver.Live(180, 40, "role-fails", 8);

        screen.Press("w", "3", "z")
            .Expect($"next: Read its last events, or its log (l) if there is one, then run it again: {Failed}  (y copies it)");
        screen.Press("y").Expect("sent to the terminal's clipboard");
        Assert.Equal(Failed, screen.Copied);

        screen.Press("z", "1").Expect("y copy command").Press("y");
        Assert.Equal(Failed, screen.Copied);
    }

    [Fact]
    public void The_box_that_describes_a_run_ends_with_its_next_step_and_copies_the_command()
    {
        using var screen = ScreenDriver.Live(120, 45, "role-fails", 8);

        screen.Press("1", "d").Expect("next: Read its last events, or its log (l) if there is one, then run it again:").Press("y");

        Assert.Equal(Failed, screen.Copied);
    }

    [Fact]
    public void A_run_that_was_approved_and_not_taken_up_is_told_how_it_goes_on()
    {
        using var screen = ScreenDriver.Live(120, 40, "approval-approved", 11.3);
        Replace(screen, static loop => loop with
        {
            Verdict = loop.Verdict with { Ruling = new(Lifecycle.Idle, "approved", Confidence.High, null) },
            Approval = loop.Approval with { Value = loop.Approval.Value! with { Status = "approved", DecidedBy = "bob" } },
        });

        screen.Press("w", "3", "z").Expect("next: Run the loop, which consumes the approval and completes:").Press("y");

        Assert.EndsWith("run --repo /srv/approval-approved --loop checkout-flow", screen.Copied, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_waits_names_the_keys_that_decide()
    {
        using var screen = ScreenDriver.Live(120, 40, "approval-approved", 11.3);

        screen.Press("w", "3", "z").Expect("then a approves or r rejects");
    }

    [Fact]
    public void A_recording_has_a_next_step_and_no_command()
    {
        using var screen = ScreenDriver.Rich();

        screen.Select("role-fails/checkout-flow").Press("w", "3", "z");

        screen.Expect("next: Read its last events, or its log (l) where the recording has it.").ExpectNot("copies it");
    }

    [Fact]
    public void A_repository_without_loops_says_how_to_start_one_and_copies_that()
    {
        using var screen = ScreenDriver.Watching(80, 24, "/srv/api").Send(new ClockTicked(WatchedRepo.Start));
        screen.Take(
            new RepoOpened(WatchedRepo.Start, "/srv/api"),
            new StateSeen(WatchedRepo.Start, "/srv/api", ArtifactReading<RuntimeState>.Missing));

        screen.Expect("next: No loops yet. Start one:").Press("y");

        Assert.Equal("superloop.sh run --repo /srv/api --loop NAME", screen.Copied);
    }

    private static void Replace(ScreenDriver screen, Func<LoopModel, LoopModel> change)
    {
        var repo = screen.Model.CurrentRepo!;
        var loop = change(screen.Model.Current!);
        var changed = repo with { Loops = repo.Loops.SetItem(loop.Id, loop) };
        screen.Send(new FleetChanged(screen.Model.Fleet with { Repos = screen.Model.Fleet.Repos.SetItem(repo.Path, changed) }));
    }
}
