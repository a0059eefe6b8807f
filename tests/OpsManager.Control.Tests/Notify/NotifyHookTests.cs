using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Control.Notify;
using OpsManager.Core.Reports;
using Xunit;

namespace OpsManager.Control.Tests.Notify;

/// <summary>The hook with real commands: programs of a few lines for sh, started as a user's are. Only the time is made up.</summary>
public sealed class NotifyHookTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string folder = Directory.CreateTempSubdirectory("ops-manager-notify-").FullName;
    private readonly FakeTimeProvider time = new();
    private readonly ConcurrentQueue<string> told = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_command_reads_one_line_of_JSON_and_then_the_end()
    {
        using var hook = Hook(Script("""cat > "$0.got"; echo end >> "$0.got" """));

        hook.Offer(Notice("a \"quoted\" text;\n\e]0;owned\a, and é"));
        Settle(hook);

        var lines = File.ReadAllText(Path.Combine(folder, "hook.got")).Split('\n');
        Assert.Equal(["end", ""], lines[1..]);
        await Schema.AssertValidAsync("notice", lines[0]);
        using var json = JsonDocument.Parse(lines[0]);
        Assert.Equal(
            """v1 run_failed 2026-11-22T19:00:00Z /srv/app checkout-flow the-run failed 0 here""",
            string.Join(' ', new[] {
                "schemaVersion", "kind", "at", "repoPath", "loopId", "runId", "lifecycle", "suppressed", "host"
            }.Select(field => json.RootElement.GetProperty(field).ToString())));
        Assert.Equal("a \"quoted\" text;\n\e]0;owned\a, and é", json.RootElement.GetProperty("text").GetString());
        Assert.Equal("the fact", json.RootElement.GetProperty("evidence").GetString());
        Assert.Empty(told);
    }

    [Fact]
    public void Words_stay_words_whatever_stands_in_them()
    {
        string[] words = ["two words", "it's", "\"quoted\"", "$HOME `id` $(id)", "a;b|c>d&", "*", "", "--"];
        using var hook = Hook(Script("""for word; do printf '%s\n' "$word"; done > "$0.got" """), words);

        hook.Offer(Notice());
        Settle(hook);

        Assert.Equal(words, File.ReadAllLines(Path.Combine(folder, "hook.got")));
    }

    [Fact]
    public void A_longer_text_is_cut_so_that_a_pipe_takes_the_line_whole()
    {
        using var hook = Hook(Script("""cat > "$0.got" """));

        hook.Offer(Notice(new string('\u0001', 100_000)));
        Settle(hook);

        Assert.InRange(new FileInfo(Path.Combine(folder, "hook.got")).Length, NoticeRecord.MaxTextChars, 60_000);
    }

    [Fact]
    public void A_command_that_reads_nothing_and_writes_much_is_no_failure()
    {
        using var hook = Hook(Script("""exec <&-; head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2; echo done > "$0.got" """));

        hook.Offer(Notice());
        Settle(hook);

        Assert.True(File.Exists(Path.Combine(folder, "hook.got")));
        Assert.Empty(told);
    }

    [Fact]
    public void A_command_that_does_not_end_is_killed_with_what_it_started()
    {
        using var hook = Hook(Script("""sleep 1000 & echo $! > "$0.pid.new"; mv "$0.pid.new" "$0.pid"; wait"""));
        hook.Offer(Notice());
        var pid = Await("hook.pid").Trim();

        time.Advance(TimeSpan.FromSeconds(9));
        Assert.True(hook.IsRunning);
        time.Advance(TimeSpan.FromSeconds(1));
        Settle(hook);

        Assert.Equal([$"notify: {folder}/hook did not end within 10 s and was killed"], told);
        Until(() => !File.Exists($"/proc/{pid}/stat") || File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal));
    }

    [Fact]
    public void More_than_so_many_a_minute_are_left_out_and_the_next_one_says_how_many()
    {
        using var hook = Hook(Script("""cat >> "$0.got" """), perMinute: 3);
        for (var i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            hook.Offer(Notice($"n{i}"));
            Settle(hook);
        }

        Assert.Equal([("n0", 0), ("n1", 0), ("n2", 0)], Got());

        // The first start was at 10 s: a minute later there is room for one.
        time.Advance(TimeSpan.FromSeconds(19.9));
        hook.Offer(Notice("n5"));
        Settle(hook);
        time.Advance(TimeSpan.FromSeconds(0.1));
        hook.Offer(Notice("n6"));
        Settle(hook);
        time.Advance(TimeSpan.FromSeconds(60));
        hook.Offer(Notice("n7"));
        Settle(hook);

        Assert.Equal([("n6", 3), ("n7", 0)], Got()[3..]);
        Assert.Empty(told);
    }

    [Fact]
    public void While_one_runs_so_many_wait_and_the_rest_is_counted()
    {
        using var hook = Hook(
            Script("""echo x >> "$0.starts"; while [ -e "$0" ] && [ ! -e "$0.go" ]; do sleep 0.01; done; cat >> "$0.got" """),
            perMinute: 100);
        hook.Offer(Notice("first"));
        Await("hook.starts");
        for (var i = 0; i < NotifyHook.MaxWaiting + 4; i++)
        {
            hook.Offer(Notice($"n{i}"));
        }

        // One at a time: of those that wait none has begun.
        Assert.Single(File.ReadAllLines(Path.Combine(folder, "hook.starts")));
        File.WriteAllText(Path.Combine(folder, "hook.go"), "");
        Settle(hook);

        Assert.Equal(
            ["first", .. Enumerable.Range(0, NotifyHook.MaxWaiting).Select(static i => $"n{i}")], Got().Select(static one => one.Text));
        Assert.Equal([0, 4, 0], Got()[..3].Select(static one => one.Suppressed));
    }

    [Fact]
    public void What_goes_wrong_is_told_once_for_each_message_and_nothing_stops()
    {
        using var hook = Hook(
            Script("""cat >> "$0.got"; [ -e "$0.other" ] && echo 'no route' >&2; echo 'more' >&2; exit 3"""), perMinute: 100);
        Offer(hook, 3);
        File.WriteAllText(Path.Combine(folder, "hook.other"), "");
        Offer(hook, 2);

        Assert.Equal([$"notify: {folder}/hook ended with exit code 3: more", $"notify: {folder}/hook ended with exit code 3: no "
            + $"route"], told);
        Assert.Equal(5, Got().Count);
    }

    [Theory]
    [InlineData("/no/such/hook", "/no/such/hook does not exist; change \"command\" of notify in config.yaml")]
    [InlineData("no-such-hook", "no-such-hook is not on PATH; change \"command\" of notify in config.yaml")]
    public void A_command_that_is_not_there_is_told_once(string name, string said)
    {
        using var hook = new NotifyHook(new HookSettings([name], TimeSpan.FromSeconds(10), 12), Process(), time, "here", told.Enqueue);
        Offer(hook, 3);

        Assert.Equal([$"notify: {said}"], told);
    }

    [Fact]
    public void A_command_that_cannot_be_started_is_told_and_what_was_left_out_is_not_forgotten()
    {
        var file = Script("""cat >> "$0.got" """);
        SetMode(file, UnixFileMode.UserRead);
        using var hook = Hook(file, perMinute: 1);
        Offer(hook, 2);
        Assert.Equal([$"notify: {file} is not executable: run chmod +x on it; change \"command\" of notify in config.yaml"], told);

        // The second was left out; the third fails and has told nobody of it.
        time.Advance(TimeSpan.FromMinutes(1));
        Offer(hook, 1);
        SetMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        time.Advance(TimeSpan.FromMinutes(1));
        Offer(hook, 1);

        Assert.Equal(1, Assert.Single(Got()).Suppressed);
        Assert.Single(told);
    }

    [Fact]
    public async Task Leaving_waits_for_the_command_that_runs_and_starts_no_other()
    {
        var hook = Hook(Script("""echo x >> "$0.starts"; while [ -e "$0" ] && [ ! -e "$0.go" ]; do sleep 0.01; done; cat >> "$0.got" """));
        hook.Offer(Notice("runs"));
        hook.Offer(Notice("waits"));
        Await("hook.starts");

        var leaving = Task.Run(hook.Dispose, TestContext.Current.CancellationToken);
        Assert.False(leaving.IsCompleted);
        File.WriteAllText(Path.Combine(folder, "hook.go"), "");
        await leaving.WaitAsync(Patience, TestContext.Current.CancellationToken);
        hook.Offer(Notice("too late"));

        Assert.False(hook.IsRunning);
        Assert.Equal(["runs"], Got().Select(static one => one.Text));
    }

    [Fact]
    public async Task Leaving_waits_no_longer_than_until_the_command_is_killed()
    {
        var hook = Hook(Script("""echo x > "$0.starts"; sleep 1000"""));
        hook.Offer(Notice());
        Await("hook.starts");

        var leaving = Task.Run(hook.Dispose, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(10));
        await leaving.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Contains("was killed", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_behind_with_the_output_in_its_hands_ends_the_running_until_it_lets_go()
    {
        var file = Script("""echo x >> "$0.starts"; while [ -e "$0" ] && [ ! -e "$0.go" ]; do sleep 0.01; done & exit 0""");
        using var hook = new NotifyHook(new HookSettings([file], Timeout.InfiniteTimeSpan, 600), Process(), time, "here", told.Enqueue);
        void Run()
        {
            hook.Offer(Notice());
            // The command ends at once; how long its streams are waited for is our time.
            Until(() =>
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                return !hook.IsRunning;
            });
        }

        int Starts() => File.ReadAllLines(Path.Combine(folder, "hook.starts")).Length;
        for (var i = 0; i < 6; i++)
        {
            Run();
        }

        Assert.Equal(4, Starts());
        Assert.Equal(
            [$"notify: {file} was not started: 4 earlier ones left processes that hold its output; redirect their output (>/dev/null "
                + $"2>&1)"], told);

        File.WriteAllText(Path.Combine(folder, "hook.go"), "");
        Until(() =>
        {
            Run();
            return Starts() > 4;
        });
    }

    private static Notice Notice(string text = "it failed") =>
        new(
            NoticeKind.RunFailed, new DateTimeOffset(2026, 11, 22, 19, 0, 0, TimeSpan.Zero), "/srv/app", "checkout-flow", "the-run",
            Lifecycle.Failed, text, "the fact");

    /// <summary>Waits on a real process, which no made-up time can hurry.</summary>
    private static void Until(Func<bool> done) => Assert.True(Eventually.Is(done, Patience), "not in time");

    private static void Settle(NotifyHook hook) => Until(() => !hook.IsRunning);

    private static void Offer(NotifyHook hook, int times)
    {
        for (var i = 0; i < times; i++)
        {
            hook.Offer(Notice());
            Settle(hook);
        }
    }

    private HookProcess Process() => new(TestChildren.Create(time));

    private NotifyHook Hook(string file, string[]? words = null, int perMinute = 12) =>
        new(new HookSettings([file, .. words ?? []], TimeSpan.FromSeconds(10), perMinute), Process(), time, "here", told.Enqueue);

    private string Script(string lines, string name = "hook")
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{lines}\n");
        SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
#pragma warning disable CA1416 // Not on Windows: neither is the program.
        File.SetUnixFileMode(path, mode);
#pragma warning restore CA1416
    }

    private string Await(string name)
    {
        var path = Path.Combine(folder, name);
        Until(() => File.Exists(path));
        return File.ReadAllText(path);
    }

    /// <summary>What the command was given, line by line.</summary>
    private List<(string Text, int Suppressed)> Got() =>
    [
        .. File.ReadAllLines(Path.Combine(folder, "hook.got")).Select(static line =>
        {
            using var json = JsonDocument.Parse(line);
            return (json.RootElement.GetProperty("text").GetString()!, json.RootElement.GetProperty("suppressed").GetInt32());
        }),
    ];
}
