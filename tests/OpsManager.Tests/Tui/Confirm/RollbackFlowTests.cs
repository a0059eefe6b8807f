using System.Globalization;
using System.Text.RegularExpressions;
using OpsManager.Contract;
using OpsManager.Core.Facts;
using OpsManager.Core.Fold;
using OpsManager.Core.Rules.Projection;
using OpsManager.Sources.Check;
using OpsManager.Sources.Sprite;
using OpsManager.Tests.Tui.Session;
using Xunit;

namespace OpsManager.Tests.Tui.Confirm;

/// <summary>
/// The manager steps back from a loop by itself: from real files, with the screen, the watch and the keepers of the program. Each
/// trigger has to switch control off, leave snapshots only and a note, spare the other loops, and outlast the session.
/// </summary>
public sealed partial class RollbackFlowTests : IDisposable
{
    private const string Manager = $"ops-manager/{LiveRepo.Loop}";
    private const string Rollout = $"{Manager}/rollout.json";

    private readonly LiveRepo repo = new();

    public void Dispose() => repo.Dispose();

    [Fact]
    public void A_log_that_is_cut_shorter_rolls_the_loop_back()
    {
        repo.AddLoop("other");
        repo.Append("role_start", "planner");
        using var screen = Watching();

        repo.CutLog(2);

        var note = ExpectRollback(screen, "cursor_regression", "the log was cut|3 lines were read before, it has 2 now");
        Assert.Contains("- last good cursor: line 3 of", note, StringComparison.Ordinal);
        Assert.Contains("role_start", Part(note, "Last events, as they were read before"), StringComparison.Ordinal);
        Assert.Contains("| lines of the log | 3 | 2 |", note, StringComparison.Ordinal);
        ExpectOtherLoopUntouched(screen);
    }

    [Fact]
    public void Another_log_in_its_place_rolls_the_loop_back()
    {
        repo.AddLoop("other");
        using var screen = Watching();

        repo.ReplaceLog(string.Concat(File.ReadLines(repo.Log).Reverse().Append("{}").Select(static line => line + "\n")));

        var note = ExpectRollback(screen, "log_rewritten", "another file has replaced the log");
        Assert.Contains("second clone", note, StringComparison.Ordinal);
        ExpectOtherLoopUntouched(screen);
    }

    [Fact]
    public void A_success_in_the_audit_that_no_decision_bears_out_rolls_the_loop_back()
    {
        repo.AddLoop("other");
        repo.AskApproval();
        using var screen = Watching();

        repo.AppendRow("intents.jsonl", Confirmed("mallory"));

        var note = ExpectRollback(screen, "success_unconfirmed", "no approval of that time");
        Assert.Contains("says in row 1 that approval by mallory is confirmed", note, StringComparison.Ordinal);
        ExpectOtherLoopUntouched(screen);
    }

    [Fact]
    public void A_success_that_a_decision_bears_out_does_not()
    {
        repo.AskApproval();
        using var screen = Watching();
        repo.DecideApproval("approved", "bob");
        repo.AppendRow("intents.jsonl", Confirmed("bob"));

        screen.Until(static model => model.Current!.Intents.Count == 1
            && model.Current.Decisions.Count == 1
            && model.Fleet.Repos.Values.Single().Now - model.Current.Intents.Newest!.Timestamp > TimeSpan.FromSeconds(4));

        Assert.Empty(screen.Model.RolledBack);
        Assert.False(repo.Has(Rollout));
    }

    [Fact]
    public void What_is_acted_on_here_is_borne_out_and_does_not_roll_back()
    {
        repo.AskApproval();
        using var screen = Watching();
        screen.Press("a").Wait(1).Press("y").Wait(0.2).Until("approval confirmed").Press("Esc");

        screen.Until(
            static model => model.Fleet.Repos.Values.Single().Now - model.Current!.Intents.Newest?.Timestamp > TimeSpan.FromSeconds(4));

        Assert.Empty(screen.Model.RolledBack);
    }

    [Fact]
    public void A_projection_that_is_not_what_the_artifacts_say_rolls_the_loop_back_and_it_cannot_be_armed_by_the_same_projector()
    {
        repo.AddLoop("other");
        using (var wrong = new LiveScreen(repo, folding: FoldOptions.Default with { Project = Wrong }))
        {
            var note = ExpectRollback(wrong, "projection_mismatch", "iteration: 99 as shown, 1 when read again");
            Assert.Contains("| iteration | 99 | 99 |", note, StringComparison.Ordinal);
            ExpectOtherLoopUntouched(wrong);

            Arm(wrong, "it looks well").Until("disagree with what is shown: iteration");
            Assert.NotNull(wrong.Model.Current!.Rollback);
        }

        using var right = Watching();
        Arm(right, "another version").Until("is re-armed").Until(static model => model.Current!.Rollback is null);
    }

    [Fact]
    public void A_service_that_says_another_status_rolls_the_loop_back_until_it_agrees()
    {
        repo.AddLoop("other");
        using var service = new SnapshotService(repo);
        using var http = new HttpClient();
        var check = new ServiceCheck(repo.Root, Over(http, service, "secret"), TimeProvider.System, TimeSpan.FromMilliseconds(300));
        using var screen = new LiveScreen(repo, service: check);
        screen.Until(static model => model.Current!.ServiceParity.AgreedAt is not null);
        Assert.Equal("secret", service.Token);
        Assert.Empty(screen.Model.RolledBack);

        service.Says = static snapshot =>
            snapshot.Source.LoopId == LiveRepo.Loop ? snapshot with { Run = snapshot.Run with { Status = Lifecycle.Complete } } : snapshot;

        var note = ExpectRollback(screen, "service_mismatch", "the contract status is running in the files and complete in the service");
        Assert.Contains("Does the service watch the same directory", note, StringComparison.Ordinal);
        ExpectOtherLoopUntouched(screen);
        Arm(screen, "it looks well").Until("disagree with what is shown");
        service.Says = static snapshot => snapshot;
        screen.Until(static model => model.Current!.ServiceParity.Difference is null);
        Arm(screen, "the service watched another disk").Until(static model => model.Current!.Rollback is null);
    }

    private static ServiceTransport Over(HttpClient http, SnapshotService service, string? token) =>
        new(new SpriteHttp(
            http, new SpriteAddress(service.Url, static () => null, () => token), "trace-of-test", TimeProvider.System,
            SpriteOptions.Default with { Retries = 1, RetryDelay = TimeSpan.FromMilliseconds(10) }));

    [Theory]
    [InlineData(401, "no")]
    [InlineData(200, "{\"half\":")]
    [InlineData(200, "{\"schemaVersion\":\"v2\"}")]
    [InlineData(302, "")]
    public void A_service_that_says_nothing_that_could_be_compared_is_no_difference(int status, string body)
    {
        using var service = new SnapshotService(repo) { Instead = (status, body) };
        using var http = new HttpClient();
        using var screen = new LiveScreen(
            repo, service: new ServiceCheck(repo.Root, Over(http, service, null), TimeProvider.System, TimeSpan.FromMilliseconds(50)));

        screen.Until(_ => service.Asked > 3);

        Assert.Equal((null, null), (screen.Model.Current!.ServiceParity.AgreedAt, screen.Model.Current.ServiceParity.Difference));
    }

    [Fact]
    public void A_run_that_is_killed_is_no_disagreement_and_does_not_keep_a_loop_from_being_armed()
    {
        using var screen = Watching();
        repo.Kill();
        screen.Until(static model => model.Current!.Verdict.Lifecycle == Lifecycle.Failed);
        var killed = screen.Model.CurrentRepo!.Now;
        screen.Until(model => model.Current!.ScratchParity.AgreedAt > killed + TimeSpan.FromSeconds(1));
        Assert.Empty(screen.Model.RolledBack);

        repo.CutLog(1);
        ExpectRollback(screen, "cursor_regression", "");
        Arm(screen, "known").Until(static model => model.Current!.Rollback is null && model.Current.Trigger is null);
    }

    [Fact]
    public void An_artifact_that_cannot_be_read_is_no_disagreement()
    {
        using var screen = Watching();
        repo.AskApproval();
        screen.Until(static model => model.Current!.Approval.Value is not null);
        File.WriteAllText(Path.Combine(repo.Root, ".superloop", "loops", LiveRepo.Loop, "approval.json"), "[]");
        screen.Until(static model => model.Current!.Approval.Fault is not null);
        var broken = screen.Model.CurrentRepo!.Now;

        screen.Until(model => model.CurrentRepo!.Now > broken + TimeSpan.FromSeconds(3));

        Assert.Equal((0, 0), (screen.Model.Current!.ScratchParity.Differing, screen.Model.RolledBack.Count));
    }

    [Fact]
    public void What_cannot_be_kept_of_one_loop_does_not_hinder_another()
    {
        repo.AddLoop("aaa");
        Directory.CreateDirectory(Path.Combine(repo.Root, ".superloop", "ops-manager"));
        File.WriteAllText(Path.Combine(repo.Root, ".superloop", "ops-manager", "aaa"), "a file where a directory should be");
        using var screen = Watching();
        File.WriteAllText(Path.Combine(repo.Root, ".superloop", "loops", "aaa", "events.jsonl"), "");

        repo.CutLog(1);

        screen.Until(model =>
            model.Fleet.Loop(repo.Root, LiveRepo.Loop)!.Rollback is not null && model.Fleet.Loop(repo.Root, "aaa")!.Trigger is not null);
        Assert.Single(repo.List($"{Manager}/incidents"));
    }

    [Fact]
    public void A_note_that_a_manager_did_not_live_to_write_is_written_by_the_next()
    {
        repo.AppendRow(
            "rollout.json",
            """{"schemaVersion":"v1","stage":"passive","changedAt":"2026-01-01T00:00:00Z","changedBy":"ops-manager","reason":"x","rollback":{"cause":"cursor_regression","why":"it was cut","at":"2026-01-01T00:00:00Z","incident":"20260101T000000Z-cursor_regression","lastGoodCursor":40,"stageBefore":"assisted"} }""");
        using var screen = new LiveScreen(repo);

        screen.Until(_ => repo.Has($"{Manager}/escalations.jsonl"));

        var note = Note();
        Assert.StartsWith("# Incident 20260101T000000Z-cursor_regression\n\nit was cut.", note, StringComparison.Ordinal);
        Assert.Contains("- last good cursor: line 40 of", note, StringComparison.Ordinal);
        Assert.Single(Escalations("rolled_back"));
    }

    [Fact]
    public void A_stage_that_nobody_could_read_is_not_trusted_after_a_rollback()
    {
        repo.AppendRow("rollout.json", """{"stage":"frozen"}""");
        using var screen = new LiveScreen(repo);
        screen.Until(static model => model.Current!.Rollout.Fault is not null);
        repo.CutLog(1);

        screen.Until(static model => model.Current!.Rollback is not null);

        Assert.Equal(OpsManager.Contract.Manager.RolloutStage.Passive, screen.Model.Current!.Rollback!.StageBefore);
    }

    [Fact]
    public void A_run_that_writes_without_a_pause_is_never_found_to_disagree()
    {
        using var screen = Watching();
        for (var round = 0; round < 150; round++)
        {
            repo.Append("role_start", "planner");
            repo.Append("role_end", "planner");
            repo.PutState(active: round % 2 == 0, round);
            repo.AskApproval($"2026-11-23T09:00:{round % 60:00}Z");
            var lines = 2 + (2 * (round + 1));
            screen.Until(model => model.Current!.Log!.Count >= lines - 20 && model.Current.ScratchParity.Difference is null);
        }

        screen.Until(static model => model.Current!.ScratchParity.AgreedAt is not null && model.Current.Tally.Lines == 302);
        Assert.Empty(screen.Model.RolledBack);
    }

    [Fact]
    public void It_outlasts_the_session_and_is_armed_again_only_with_a_reason_that_goes_into_the_note()
    {
        using (var screen = Watching())
        {
            repo.CutLog(1);
            ExpectRollback(screen, "cursor_regression", "");
        }

        using var next = Watching();
        next.Until("ROLLED BACK").Press("x").Expect("the loop is rolled back").Wait(1).TypeTheCode().ExpectNothingSent();
        next.Press("Esc").Press("I").Expect("# Incident").Press("Esc");

        next.Press("R").Press("Enter").Expect("type a reason").Type("a restore, and nothing was lost").Press("Enter");
        next.Until(static model => model.Current!.Rollback is null && model.Current.Log is { Count: 1 });

        Assert.DoesNotContain("ROLLED BACK", next.Text, StringComparison.Ordinal);
        Assert.Contains("\"eventLineOffset\": 1", repo.Read(Rollout), StringComparison.Ordinal);
        Assert.Contains("\"stage\": \"assisted\"", repo.Read(Rollout), StringComparison.Ordinal);
        var note = Note();
        Assert.Contains("- reason: a restore, and nothing was lost", Part(note, "Armed again"), StringComparison.Ordinal);

        // It is armed for good: what was cut before does not roll it back again, what is cut now does.
        repo.Append("role_start", "planner");
        next.Until(static model => model.Current!.Log is { Count: 2 });
        Assert.Empty(next.Model.RolledBack);
        repo.CutLog(0);
        next.Until("ROLLED BACK");
    }

    [Fact]
    public void A_row_that_was_accepted_is_not_audited_again_and_the_next_one_is()
    {
        repo.AskApproval();
        using var screen = Watching();
        repo.AppendRow("intents.jsonl", Confirmed("mallory"));
        ExpectRollback(screen, "success_unconfirmed", "");
        Arm(
            screen,
            "mallory tested").Until(static model => model.Current!.Rollback is null && model.Current.Rollout.Value?.Rearm is not null);

        screen.Until(
            static model => model.Fleet.Repos.Values.Single().Now - model.Current!.Rollout.Value!.Rearm!.At > TimeSpan.FromSeconds(4));
        Assert.Empty(screen.Model.RolledBack);
        repo.AppendRow("intents.jsonl", Confirmed("mallory"));

        screen.Until("ROLLED BACK");
        Assert.Equal(2, repo.List($"{Manager}/incidents").Count);
    }

    [Fact]
    public void An_open_box_is_shut_off_at_once()
    {
        repo.AskApproval();
        using var screen = Watching();
        screen.Press("a").Wait(1).Expect("y sends it");

        repo.CutLog(1);

        screen.Until(static model => model.Current!.Rollback is not null)
            .Press("y")
            .Wait(1)
            .Press("y")
            .Expect("Cannot ")
            .ExpectNothingSent();
    }

    [Fact]
    public void Of_two_managers_one_writes_the_note_and_both_obey()
    {
        using var one = Watching();
        using var other = Watching();

        repo.CutLog(1);
        one.Until(static model => model.Current!.Rollback is not null);
        other.Until(static model => model.Current!.Rollback is not null);

        Assert.Single(repo.List($"{Manager}/incidents"));
        Assert.Single(Escalations("rolled_back"));
        other.Press("x").Expect("the loop is rolled back");
    }

    [Fact]
    public void A_session_that_may_not_act_writes_nothing_and_shows_it()
    {
        using var screen = new LiveScreen(repo, mayAct: false);

        repo.CutLog(1);

        screen.Until("ROLLED BACK");
        Assert.Empty(repo.List("ops-manager"));
    }

    [Fact]
    public void A_log_that_was_cut_while_nobody_watched_rolls_back_at_the_start()
    {
        repo.AppendRow(
            "cursor.json",
            $$"""{"schemaVersion":"v1","repoPath":"{{repo.Root}}","loopId":"{{LiveRepo.Loop}}","eventsFile":"x","eventLineOffset":40,"eventLineCount":40,"updatedAt":"2099-01-01T00:00:00Z"}""");
        using var screen = Watching();

        var note = ExpectRollback(screen, "cursor_regression", "40 lines were read before, it has 2 now");
        Assert.Contains("- last good cursor: line 40 of", note, StringComparison.Ordinal);
        Assert.Contains("None were read by this manager.", note, StringComparison.Ordinal);
        Arm(screen, "known").Until(static model => model.Current!.Rollback is null);

        // The cursor of before does not bind any more, also in the next session.
        using var next = Watching();
        next.Until(static model => model.Current!.KeptCursor is not null && model.Current.Rollout.Value is not null);
        Assert.Empty(next.Model.RolledBack);
    }

    [Fact]
    public void What_the_files_hold_cannot_break_the_note()
    {
        repo.AppendText("{\"timestamp\":\"2026-01-01T00:00:00Z\",\"event\":\"# evil \\u001b[31m|x|\",\"message\":\"```\\u202e\"}\n");
        repo.AppendText(new string('x', 100_000) + "\n");
        using var screen = Watching();

        repo.CutLog(3);

        var note = ExpectRollback(screen, "cursor_regression", "");
        Assert.DoesNotContain('\u001b', note);
        Assert.DoesNotContain('\u202e', note);
        Assert.All(note.Split('\n'), static line => Assert.True(line.Length < 2000, line));
        Assert.DoesNotContain("\n# evil", note, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_rollout_json_cannot_be_written_nobody_may_act_all_the_same_and_it_is_said()
    {
        using var screen = Watching();
        Directory.CreateDirectory(Path.Combine(repo.Root, ".superloop", Rollout));
        repo.CutLog(1);

        screen.Until(static model => model.Current!.Trigger is not null)
            .Press("x")
            .Expect("Cannot ")
            .Wait(1)
            .TypeTheCode()
            .ExpectNothingSent();
        screen.Until(_ => screen.Fault is not null);
        Assert.Contains("rollout.json", screen.Fault, StringComparison.Ordinal);
    }

    private LiveScreen Watching()
    {
        var screen = new LiveScreen(repo);
        return screen.Until(static model => model.Current is { } loop
            && loop.IsCounted
            && loop.Rollout.Condition != OpsManager.Core.Facts.Observations.ArtifactCondition.Unseen);
    }

    private static LiveScreen Arm(LiveScreen screen, string reason) => screen.Press("R").Type(reason).Press("Enter");

    private string ExpectRollback(LiveScreen screen, string cause, string why)
    {
        screen.Until(model => model.Fleet.Loop(repo.Root, LiveRepo.Loop)!.Rollback is not null).Until("ROLLED BACK");
        var loop = screen.Model.Fleet.Loop(repo.Root, LiveRepo.Loop)!;
        Assert.Equal(cause, loop.Rollback!.Cause);
        Assert.Matches(why, loop.Rollback.Why);

        // Control is off, and only snapshots are used.
        Assert.Contains($"\"stage\": \"passive\"", repo.Read(Rollout), StringComparison.Ordinal);
        Assert.Null(loop.Log);
        Assert.NotNull(loop.Withheld);
        Assert.True(loop.Verdict.Has("rolled_back"));
        screen.Expect("rolled back");
        Assert.Single(Escalations("rolled_back"));

        // The note is complete.
        var id = Assert.Single(repo.List($"{Manager}/incidents"));
        Assert.Matches($"^[0-9]{{8}}T[0-9]{{6}}Z-{cause}[.]md$", id);
        Assert.Equal(id, $"{loop.Rollback.Incident}.md");
        var note = Note();
        Assert.Equal($"# Incident {loop.Rollback.Incident}", note.Split('\n')[0]);
        string[] parts =
        [
            "What to check", "How to re-arm the loop", "Projection before and when it was noticed",
            "What each source said when it was noticed",
            "Last events, as they were read before", "Intents that are being verified or not acknowledged", "Artifacts when this was "
                + "written",
            "Versions",
        ];
        Assert.Equal(parts, Titles().Matches(note).Select(static match => match.Groups[1].Value));
        var artifact = Part(note, "Artifacts when this was written");
        Assert.Contains($"### {ArtifactPaths.Events(LiveRepo.Loop)}", artifact, StringComparison.Ordinal);
        Assert.Matches(
            string.Create(CultureInfo.InvariantCulture, $"- {new FileInfo(repo.Log).Length} bytes, \\d+ lines, changed \\d{{4}}-"),
            artifact);
        Assert.Contains(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(repo.Log))), artifact,
            StringComparison.Ordinal);
        Assert.Contains("ops-manager rearm --repo", Part(note, "How to re-arm the loop"), StringComparison.Ordinal);
        Assert.Matches("\\| contract status \\| .+ \\| .+ \\|", note);
        Assert.Matches("\\| assessment \\| .+ \\| .+ \\|", note);
        Assert.Contains("- ops-manager 0.", note, StringComparison.Ordinal);
        return note;
    }

    private void ExpectOtherLoopUntouched(LiveScreen screen)
    {
        var other = screen.Model.Fleet.Loop(repo.Root, "other")!;
        Assert.Null(other.Rollback);
        Assert.Null(other.Trigger);
        Assert.NotNull(other.Log);
        Assert.Equal(Lifecycle.Complete, other.Verdict.Lifecycle);
        Assert.DoesNotContain("other", repo.List("ops-manager"));
    }

    private string Note() => repo.Read($"{Manager}/incidents/{repo.List($"{Manager}/incidents")[^1]}");

    private IEnumerable<string> Escalations(string category) => repo.Read($"{Manager}/escalations.jsonl")
        .Split('\n')
        .Where(row => row.Contains($"\"category\":\"{category}\"", StringComparison.Ordinal));

    private static string Part(string note, string title)
    {
        var rest = note[note.IndexOf($"## {title}", StringComparison.Ordinal)..];
        var end = rest.IndexOf("\n## ", StringComparison.Ordinal);
        return end < 0 ? rest : rest[..end];
    }

    private static Projected Wrong(RepoFacts model, LoopFacts loop) => Projector.Project(model, loop) is var right
        && loop.Id == LiveRepo.Loop ? right with { Iteration = 99 } : Projector.Project(model, loop);

    /// <summary>A row as another manager writes it.</summary>
    private static string Confirmed(string by) =>
        $$"""{"timestamp":"{{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss'Z'}}","loopId":"{{LiveRepo.Loop}}","intent":"approve","traceId":"t","requestedBy":"{{by}}","transport":"local","status":"confirmed","command":"superloop.sh approve","idempotencyKey":"{{Guid.NewGuid():n}}","exitCode":0,"confirmExitCode":0,"confirmed":true}""";

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Titles();
}
