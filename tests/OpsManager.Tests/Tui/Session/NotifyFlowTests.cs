using System.Text.Json;
using OpsManager.Configuration.Notify;
using OpsManager.Contract.Manager;
using OpsManager.Control.Notify;
using OpsManager.Tui.Session;
using Xunit;

namespace OpsManager.Tests.Tui.Session;

/// <summary>How an operator is called while they look elsewhere: by the terminal, and by a command of their own.</summary>
public sealed class NotifyFlowTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly LiveRepo repo = new();
    private readonly string folder = Directory.CreateTempSubdirectory("ops-manager-notify-").FullName;

    public void Dispose()
    {
        repo.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void An_approval_that_is_asked_rings_the_bell_and_runs_the_operators_command()
    {
        using var screen = new LiveScreen(
            repo, mayAct: false, notify: Settings(NotificationForm.Bell, """cat > "$0.new"; mv "$0.new" "$0.got" """));
        Assert.DoesNotContain('\a', screen.TakeSent());

        repo.AskApproval();
        // The bell may come behind the picture.
        var sent = "";
        screen.Until("? checkout-flow").Until(_ => (sent += screen.TakeSent()).Contains('\a', StringComparison.Ordinal));

        // Between two frames: not inside of a synchronized update.
        var bell = sent.IndexOf('\a', StringComparison.Ordinal);
        Assert.Equal(bell, sent.LastIndexOf('\a'));
        Assert.InRange(bell, 0, sent.Length);
        Assert.Equal(sent[..bell].Split("\e[?2026h").Length, sent[..bell].Split("\e[?2026l").Length);

        using var json = JsonDocument.Parse(Got());
        Assert.Equal(("approval_asked", repo.Root, repo.RunId), (Field(json, "kind"), Field(json, "repoPath"), Field(json, "runId")));
        Assert.Equal("awaiting_approval", Field(json, "lifecycle"));
    }

    [Fact]
    public void A_run_that_dies_is_told_with_its_reason_and_a_command_that_fails_is_told_on_the_screen()
    {
        using var screen = new LiveScreen(
            repo,
            notify: Settings(NotificationForm.Osc777, """cat > "$0.new"; mv "$0.new" "$0.got"; echo 'no route to host' >&2; exit 7"""));
        screen.TakeSent();

        repo.Kill();
        screen.Until("failed").Until("hook ended with exit code 7: no route to host");

        Assert.Contains(
            $"\e]777;notify;ops-manager {Path.GetFileName(repo.Root)};checkout-flow failed: active-run.json says process {repo.Pid} "
                + $"runs this loop, but it has exited",
            screen.TakeSent(), StringComparison.Ordinal);
        Assert.Contains("\"run_failed\"", Got(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_intent_of_which_nothing_is_known_is_told()
    {
        repo.AskApproval();
        using var screen = new LiveScreen(
            repo, "nothing", timeout: TimeSpan.FromSeconds(2),
            notify: Settings(NotificationForm.None, """cat > "$0.new"; mv "$0.new" "$0.got" """));

        screen.Until(static model => model.Current!.Approval.Value is not null)
            .Press("a")
            .Wait(1)
            .Press("y")
            .Wait(0.2)
            .Until("approval not confirmed");

        Assert.Contains(
            "\"text\":\"approval of checkout-flow by ada was not confirmed: no approval of run ",
            Got(), StringComparison.Ordinal);
    }

    private static string? Field(JsonDocument json, string name) => json.RootElement.GetProperty(name).GetString();

    private NotifySettings Settings(NotificationForm form, string lines)
    {
        var path = Path.Combine(folder, "hook");
        File.WriteAllText(path, $"#!/bin/sh\n{lines}\n");
#pragma warning disable CA1416 // Not on Windows: neither is the program.
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        return new NotifySettings(form, NoticeKinds.All, told => new NotifyHook(
            new HookSettings([path], Patience, 12), new HookProcess(TestChildren.Create()), TimeProvider.System, "here", told));
    }

    private string Got()
    {
        var path = Path.Combine(folder, "hook.got");
        Assert.True(Eventually.Is(() => File.Exists(path), Patience), "the command was not run");
        return File.ReadAllText(path);
    }
}
