using OpsManager.Contract.Manager;
using OpsManager.Core.Rules.Control;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Shell;
using Xunit;

namespace OpsManager.Tests.Tui.Confirm;

/// <summary>What an operator does to act, key by key, through every outcome: real files, a real process, a real command.</summary>
public sealed class ConfirmFlowTests : IDisposable
{
    private const string Rows = $"ops-manager/{LiveRepo.Loop}/telemetry/control.jsonl";

    private readonly LiveRepo repo = new();

    public void Dispose() => repo.Dispose();

    [Fact]
    public void An_approval_is_asked_sent_and_shown_step_by_step_to_its_completion()
    {
        repo.AskApproval();
        using var screen = Waiting("");
        screen.Press("a").Expect($"APPROVE {Path.GetFileName(repo.Root)} · checkout-flow · run {repo.RunId} · iteration 1");
        screen.Expect("y sends it").Expect("as approved").Expect("superloop.sh approve --repo").Expect("earlier decisions (0)");

        screen.Wait(1).Press("y").Expect("sending").Wait(0.2).Until("approval confirmed")
            .Expect("approval.json: approved by ada").Expect("o consumed by a run: event approval_consumed");

        Assert.Equal((1, "confirmed"), (screen.Executor.Started, Row(screen).StatusWord));
        TakeUp();
        screen.Until("loop_complete").Expect("approval_consumed").Expect("loop_complete");
        // Consumed and completed are one row or two, as the looks fall; they are recorded after they are seen.
        screen.Until(_ => Phases().Contains("late"));
        Assert.Equal(["started", "executed", "finished", "late"], Phases().Distinct());
        screen.Press("Esc");
        Assert.Equal(Overlay.None, screen.Model.Ui.Overlay);
    }

    [Fact]
    public void The_note_is_visible_while_it_is_written_and_before_it_is_sent_also_where_the_box_was_scrolled_down()
    {
        repo.AskApproval();
        using var screen = Waiting("");
        screen.Press("a").Wait(1);
        var rows = screen.Model.Layout.BoxRows;
        screen.Press("G").Wait(1).Press("e");
        int Note() => OpsManager.Tui.Confirm.ConfirmView.NoteRow(screen.Model.Layout.BoxRows);
        void IsVisible() => Assert.InRange(
            Note(), screen.Model.Ui.Confirm!.Top, screen.Model.Ui.Confirm.Top + screen.Model.Layout.Box!.Visible - 1);
        Assert.InRange(Note(), 0, rows.Count - 1);
        IsVisible();

        screen.Type("totals are fine").Press("Enter");
        IsVisible();
        screen.Expect("totals are fine");
        screen.Wait(1).Press("G");
        Assert.False(screen.Model.Ui.Confirm!.ShowsNote);
    }

    [Fact]
    public void A_rejection_takes_a_note_first_and_is_consumed_by_the_next_run()
    {
        repo.AskApproval();
        using var screen = Waiting("");
        screen.Press("r").Expect("note: ").Press("Enter").Wait(1).Press("y").Expect("a rejection needs a note").ExpectNothingSent();

        screen.Press("e")
            .Type("totals are rounded twice")
            .Press("Enter")
            .Expect("totals are rounded twice")
            .Wait(1)
            .Press("y")
            .Wait(0.2)
            .Until("rejection confirmed");

        Assert.Equal("totals are rounded twice", Row(screen).Note);
        Assert.Contains(
            "\"note\":\"totals are rounded twice\"", repo.Read($"loops/{LiveRepo.Loop}/decisions.jsonl"), StringComparison.Ordinal);
        TakeUp();
        screen.Until("approval_rejected");
    }

    [Fact]
    public void A_decision_that_is_overruled_after_it_was_confirmed_is_noticed_and_has_to_be_reviewed()
    {
        repo.AskApproval();
        using var screen = Waiting("");
        screen.Press("a").Wait(1).Press("y").Wait(0.2).Until("approval confirmed").Press("Esc");

        repo.DecideApproval("rejected", "bob");
        screen.Until(static model => Single(model) is { Outcome: "contradicted", IsUnrecorded: false, NeedsReview: true });

        Assert.Equal(["started", "executed", "finished", "late"], Phases());
        screen.Until(static model => model.Current!.Intents.Newest!.StatusWord == "ambiguous" && IsAmbiguous(model));
        Assert.Contains("bob has rejected it", repo.Read($"ops-manager/{LiveRepo.Loop}/escalations.jsonl"), StringComparison.Ordinal);
    }

    private static ControlCase Single(AppModel model) => model.Current!.Cases.All.Single();

    private static bool IsAmbiguous(AppModel model) => model.Current!.Health.Codes.Contains("control_ambiguous");

    [Fact]
    public void A_screen_that_only_reads_shows_that_a_decision_was_overruled_and_adds_no_row()
    {
        repo.AskApproval();
        using (var screen = Waiting(""))
        {
            screen.Press("a").Wait(1).Press("y").Wait(0.2).Until("approval confirmed");
        }

        repo.DecideApproval("rejected", "bob");
        using var reader = new LiveScreen(repo, mayAct: false);
        reader.Until(static model => Single(model) is { Outcome: "contradicted", IsUnrecorded: true } && IsAmbiguous(model));

        Assert.Equal(["started", "executed", "finished"], Phases());
    }

    [Fact]
    public void A_cancel_is_sent_by_typing_its_digits_and_seen_in_the_process_and_the_artifacts()
    {
        using var screen = Waiting("");
        screen.Press("x").Expect($"CANCEL {Path.GetFileName(repo.Root)} · checkout-flow");
        screen.Expect($"stops process {repo.Pid}").Wait(1).Press("y").Expect("type ");

        screen.TypeTheCode().Wait(0.2).Until("cancel confirmed").Expect("active-run.json: absent");

        Assert.False(repo.IsAlive);
        Assert.Equal("confirmed", Row(screen).StatusWord);
    }

    [Theory]
    [InlineData("nothing", "approval not confirmed", "no approval of run")]
    [InlineData("other", "approval confirmed", "approved by somebody-else")]
    [InlineData("overruled", "approval contradicted", "bob has rejected it")]
    [InlineData("fail", "approval refused", "no pending approval")]
    [InlineData("hang", "approval not confirmed", "did not end by itself")]
    [InlineData("die-half", "approval confirmed", "the command ended with exit code 137")]
    [InlineData("flood", "approval confirmed", "the command ended with exit code 0")]
    public void Whatever_the_command_does_the_box_says_what_is_true(string fault, string outcome, string why)
    {
        repo.AskApproval();
        using var screen = Waiting(fault, TimeSpan.FromSeconds(fault is "nothing" or "hang" ? 2 : 60));

        screen.Press("a").Wait(1).Press("y").Wait(0.2).Until(outcome).Expect(why);

        Assert.Equal(outcome == "approval confirmed", Row(screen).IsConfirmed == true);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("survive")]
    public void A_process_that_lives_on_was_not_stopped_whatever_the_command_says(string fault)
    {
        using var screen = Waiting(fault, TimeSpan.FromSeconds(2));

        screen.Press("x").Wait(1).TypeTheCode().Wait(0.2).Until("cancel not confirmed").Expect($"process {repo.Pid} is still running");

        Assert.True(repo.IsAlive);
        // It ends by other hands later: that is added to the record, and it is still not called ours before the artifacts agree.
        repo.Kill();
        repo.Remove("active-run.json");
        repo.Remove("state.json");
        screen.Until("cancel confirmed");
        Assert.Equal(["started", "executed", "finished", "late"], Phases());
    }

    [Fact]
    public void A_run_that_ends_by_itself_while_the_box_is_open_is_not_said_to_be_cancelled()
    {
        using var screen = Waiting("");
        screen.Executor.Before = () =>
        {
            repo.Append("loop_complete");
            repo.Kill();
        };

        screen.Press("x").Wait(1).TypeTheCode().Wait(0.2).Until("cancel contradicted").Expect("the run ended by itself: loop_complete");
    }

    [Fact]
    public void The_box_may_be_closed_while_it_is_verified_and_the_run_keeps_a_mark()
    {
        repo.AskApproval();
        using var screen = Waiting("nothing", TimeSpan.FromSeconds(2));
        screen.Press("a").Wait(1).Press("y").Wait(0.2).Until("is being verified").Press("Esc");

        Assert.Contains("…", screen.Text.Split('\n')[3], StringComparison.Ordinal);
        screen.Until(model => model.Current!.Cases.Unreviewed.Any());

        Assert.Contains(screen.Model.Alerts, static alert => alert.Finding.Code == "control_unreviewed");
        Assert.DoesNotContain("…", screen.Text.Split('\n')[3], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_success_stays_until_it_is_acknowledged_with_a_note_and_is_named_before_anything_more_is_sent()
    {
        repo.AskApproval();
        using var screen = Waiting("fail");
        screen.Press("a").Wait(1).Press("y").Wait(0.2).Until("approval refused").Press("Esc").Expect("control_unreviewed");

        screen.Press("x").Expect("is not acknowledged").Press("Esc");
        screen.Press("A").Expect("note: ").Expect("approval by ada was refused").Press("Enter").Expect("type a note");
        Assert.Contains(screen.Model.Alerts, static alert => alert.Finding.Code == "control_unreviewed");
        screen.Until(static model => model.Current!.ShownHealth.Codes.Contains("control_failed_command"));
        screen.Type("the approval had gone")
            .Press("Enter")
            .Until(static model => model.Alerts.All(static alert => alert.Finding.Code != "control_unreviewed"));

        // Scripts go on reading it; for people it is done.
        Assert.DoesNotContain("control_failed_command", screen.Model.Current!.ShownHealth.Codes);
        Assert.Contains("control_failed_command", screen.Model.Current!.Health.Codes);

        Assert.Equal(("ada", "the approval had gone"), (screen.Case!.Acknowledgement!.By, screen.Case.Acknowledgement.Note));
        Assert.Equal(["started", "executed", "finished", "acknowledged"], Phases());
        screen.Press("A").Expect("nothing here needs to be acknowledged");
    }

    [Fact]
    public void What_another_operator_decided_meanwhile_is_shown_and_asked_again()
    {
        repo.AskApproval();
        using var screen = Waiting("");
        screen.Press("a").Wait(1);

        repo.DecideApproval("approved", "bob");
        screen.Until("changed  the approval was pending and is now approved")
            .Expect("bob has already approved it")
            .Press("y")
            .Wait(1)
            .Press("y")
            .Expect("Cannot ")
            .ExpectNothingSent();
    }

    [Fact]
    public void Another_run_that_waits_meanwhile_is_another_question()
    {
        repo.AskApproval();
        using var screen = Waiting("");
        screen.Press("a").Wait(1);

        repo.AskApproval("2031-01-01T00:00:00Z");
        // The key that was on its way to the first question does not answer the second.
        screen.Until("is now 2031-01-01T00:00:00Z").Press("y").Expect("y sends it").Wait(0.5).ExpectNothingSent();
        screen.Wait(1).Press("y").Wait(0.2).Until("approval confirmed");
        Assert.Contains("2031-01-01T00:00:00Z", repo.Read($"loops/{LiveRepo.Loop}/decisions.jsonl"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_approval_that_changes_behind_the_last_look_is_noticed_at_sending(bool vanishes)
    {
        repo.AskApproval();
        using var screen = Waiting("");
        screen.Press("a").Wait(1).Press("y");
        // Nothing that the watch has seen since is taken before the key is due.
        if (vanishes)
        {
            repo.Remove($"loops/{LiveRepo.Loop}/approval.json");
        }
        else
        {
            repo.DecideApproval("rejected", "bob");
        }

        screen.Wait(0.2).Until(vanishes ? "now none" : "now rejected").Expect("changed").ExpectNothingSent();
    }

    [Fact]
    public void Where_the_record_cannot_be_kept_nothing_is_sent_and_the_box_says_so()
    {
        repo.AskApproval();
        Directory.CreateDirectory(Path.Combine(repo.Root, ".superloop", "ops-manager", LiveRepo.Loop));
        File.WriteAllText(
            Path.Combine(repo.Root, ".superloop", "ops-manager", LiveRepo.Loop, "telemetry"), "a file where the directory should be");
        using var screen = Waiting("");

        screen.Press("a").Wait(1).Press("y").Wait(0.2).Until("nothing was sent").Expect("y sends it");

        Assert.Equal(0, screen.Executor.Started);
    }

    [Theory]
    [InlineData("a", "APPROVE")]
    [InlineData("r", "REJECT")]
    [InlineData("x", "CANCEL")]
    public void Read_only_the_box_opens_and_explains_and_there_is_nothing_that_could_send(string key, string title)
    {
        repo.AskApproval();
        using var screen = new LiveScreen(repo, mayAct: false);
        screen.Until(static model => model.Current!.Approval.Value is not null);

        screen.Press(key)
            .Expect(title)
            .Expect("this screen was started with --read-only; start it without to act")
            .Expect("by hand")
            .Expect("superloop.sh")
            .Wait(1)
            .Press("y");
        screen.Wait(1).TypeTheCode().Press("y").Expect("read-only").ExpectNothingSent();
        Assert.True(repo.IsAlive);
    }

    [Fact]
    public void The_command_can_be_copied_at_every_step()
    {
        repo.AskApproval();
        using var screen = Waiting("nothing", TimeSpan.FromSeconds(1));
        var expected = $"{repo.Root}/superloop.sh approve --repo {repo.Root} --loop {LiveRepo.Loop} --by ada";
        string Copy()
        {
            screen.Press("c");
            return screen.Copied!;
        }

        screen.Press("a");
        Assert.Equal(expected, Copy());
        screen.Wait(1).Press("y").Wait(0.2).Until("is being verified");
        Assert.Equal(expected, Copy());
        screen.Until("approval not confirmed");
        Assert.Equal(expected, Copy());
    }

    [Fact]
    public void A_missing_command_is_said_before_anything_is_asked()
    {
        repo.AskApproval();
        using var screen = Waiting("");
        File.Delete(Path.Combine(repo.Root, "superloop.sh"));

        screen.Press("a").Until("superloop.sh was not found. Set --superloop-bin or SUPERLOOP_BIN.");
        screen.Wait(1).Press("y").Expect("Cannot ").ExpectNothingSent();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_manager_that_was_killed_leaves_a_record_that_the_next_one_takes_up(int steps)
    {
        repo.AskApproval();
        using (var killed = Waiting(""))
        {
            killed.Press("a").Wait(1).Press("y").Wait(0.2).Until("approval confirmed");
        }

        // As it stood on disk when it was killed after its first, second or third step.
        var rows = repo.Read(Rows).Split('\n');
        File.WriteAllText(Path.Combine(repo.Root, ".superloop", Rows), string.Concat(rows.Take(steps).Select(static row => row + "\n")));
        repo.Remove($"ops-manager/{LiveRepo.Loop}/intents.jsonl");

        using var next = new LiveScreen(repo);
        next.Until(static model => model.Current!.Cases.All is [{ Outcome: "observed" }]);
        Assert.Equal(0, next.Executor.Started);
        Assert.Equal(steps == 1 ? ["started", "finished"] : ["started", "executed", "finished"], Phases());
        Assert.Equal(steps < 3, repo.Has($"ops-manager/{LiveRepo.Loop}/intents.jsonl"));
    }

    [Fact]
    public void A_record_that_was_never_followed_by_a_command_becomes_unknown_and_is_not_sent_by_itself()
    {
        repo.AskApproval();
        using (var killed = Waiting("nothing", TimeSpan.FromSeconds(1)))
        {
            killed.Press("a").Wait(1).Press("y").Wait(0.2).Until("approval not confirmed");
        }

        File.WriteAllText(Path.Combine(repo.Root, ".superloop", Rows), repo.Read(Rows).Split('\n')[0] + "\n");

        using var next = new LiveScreen(repo);
        next.Until("control_unreviewed");
        Assert.Contains("its sender exited before the result was verified", next.Case!.Why, StringComparison.Ordinal);
        Assert.Equal(0, next.Executor.Started);
    }

    [Fact]
    public void Another_process_that_has_the_number_by_now_is_not_the_one_that_was_to_be_stopped()
    {
        using (var screen = Waiting("survive", TimeSpan.FromSeconds(1)))
        {
            screen.Press("x").Wait(1).TypeTheCode().Wait(0.2).Until("cancel not confirmed");
        }

        // As if the number had gone round: the process that lives now is not the one in the record.
        var rows = System.Text.RegularExpressions.Regex.Replace(repo.Read(Rows), "\"pidStarted\":[0-9]+", "\"pidStarted\":1");
        File.WriteAllText(Path.Combine(repo.Root, ".superloop", Rows), rows);

        repo.Remove("active-run.json");
        repo.Remove("state.json");
        using var next = new LiveScreen(repo, isClaimed: false);
        next.Until(static model => model.Current!.Cases.All is [{ Outcome: "observed" }]);
        Assert.Contains(
            next.Case!.Evidence, static one => one.Fact.Contains("a later process has its number now", StringComparison.Ordinal));
        Assert.True(repo.IsAlive);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("x")]
    public void A_clock_that_is_set_back_changes_nothing(string key)
    {
        repo.AskApproval();
        var clock = new SettableClock();
        using var screen = new LiveScreen(repo, time: clock);
        screen.Until(static model => model.Current!.Approval.Value is not null);
        screen.Executor.Before = () => clock.Offset = TimeSpan.FromHours(-2);

        screen.Press(key).Wait(1);
        _ = key == "a" ? screen.Press("y") : screen.TypeTheCode();
        screen.Wait(0.2).Until("confirmed");

        Assert.Equal("confirmed", Row(screen).StatusWord);
    }

    [Fact]
    public void A_record_that_cannot_be_written_before_the_command_sends_nothing()
    {
        repo.AskApproval();
        LoseTheRecord();
        using var screen = Waiting("");

        screen.Press("a").Wait(1).Press("y").Wait(0.2).Until("nothing was sent");

        Assert.Equal(0, screen.Executor.Started);
        Assert.False(repo.Has($"loops/{LiveRepo.Loop}/decisions.jsonl"));
    }

    [Fact]
    public void A_record_that_cannot_be_written_after_the_command_is_said_and_the_outcome_told_all_the_same()
    {
        repo.AskApproval();
        using var screen = Waiting("");
        screen.Executor.Before = LoseTheRecord;

        screen.Press("a").Wait(1).Press("y").Wait(0.2).Until("sent, but the result could not be recorded");

        Assert.Contains("\"decision\":\"approved\"", repo.Read($"loops/{LiveRepo.Loop}/decisions.jsonl"), StringComparison.Ordinal);
    }

    /// <summary>From now on no row of the record can be written: its file leads elsewhere.</summary>
    private void LoseTheRecord()
    {
        var rows = Path.Combine(repo.Root, ".superloop", Rows);
        Directory.CreateDirectory(Path.GetDirectoryName(rows)!);
        File.Delete(rows);
        File.CreateSymbolicLink(rows, "/dev/null");
    }

    private LiveScreen Waiting(string fault, TimeSpan? timeout = null)
    {
        var screen = new LiveScreen(repo, fault, timeout: timeout);
        var asked = repo.Has($"loops/{LiveRepo.Loop}/approval.json");
        return screen.Until(model => !asked || model.Current!.Approval.Value is { IsPending: true });
    }

    /// <summary>The next run acts on the decision.</summary>
    private void TakeUp()
    {
        using var run = System.Diagnostics.Process.Start(
            RuntimeBinary.Path, ["run", "--repo", repo.Root, "--loop", LiveRepo.Loop]);
        run.WaitForExit();
    }

    private static IntentRow Row(LiveScreen screen)
    {
        screen.Until(static model => model.Current!.Intents.Newest is not null);
        return screen.Model.Current!.Intents.Newest!;
    }

    private IEnumerable<string?> Phases() => repo.Read(Rows)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(static line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("phase").GetString());

    /// <summary>The machine's clock, until somebody sets it.</summary>
    private sealed class SettableClock : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
    }
}
