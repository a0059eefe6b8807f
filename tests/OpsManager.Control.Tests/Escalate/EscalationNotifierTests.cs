using System.IO.Abstractions;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Control.Escalate;
using OpsManager.Control.Notify;
using OpsManager.Sources.Files;
using OpsManager.Sources.Storage;
using Xunit;

namespace OpsManager.Control.Tests.Escalate;

/// <summary>Verbs that are started again and again, with a real command and a real state directory. Only the time is made up.</summary>
public sealed class EscalationNotifierTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ops-manager-told-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 30, 7, 0, 0, TimeSpan.Zero));
    private readonly List<string> faults = [];

    private string State => Path.Combine(folder, "state");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task An_escalation_is_told_once_however_often_the_verb_is_started()
    {
        for (var minute = 0; minute < 3; minute++)
        {
            await TellAsync([Degraded("a", HealthCodes.IngestStale)]);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["health_degraded a: degraded: ingest_stale"], Got());
        Assert.Empty(faults);
    }

    [Fact]
    public async Task What_was_over_and_comes_back_is_told_again()
    {
        await TellAsync([Degraded("a", HealthCodes.IngestStale)]);
        await TellAsync([Healthy("a")]);
        await TellAsync([Degraded("a", HealthCodes.IngestStale)]);

        Assert.Equal(2, Got().Length);
    }

    [Fact]
    public async Task Each_category_of_each_loop_is_told_by_itself()
    {
        await TellAsync([Degraded("a", HealthCodes.IngestStale), Healthy("b")]);
        await TellAsync([
            Degraded("a", HealthCodes.IngestStale, HealthCodes.DivergenceDetected), Degraded("b", HealthCodes.OrderingDriftDetected)]);

        Assert.Equal(
            ["divergence_detected a", "health_degraded a", "health_degraded b", "ordering_drift_detected b"],
            Got().Select(static line => line.Split(':')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_loop_that_was_not_looked_at_stays_told()
    {
        await TellAsync([Degraded("a", HealthCodes.IngestStale)]);
        await TellAsync([Healthy("b")]);
        await TellAsync([Degraded("a", HealthCodes.IngestStale)]);

        Assert.Single(Got());
    }

    [Fact]
    public async Task What_the_operator_does_not_want_is_not_told()
    {
        await TellAsync([Degraded("a", HealthCodes.DivergenceDetected)], kinds: [NoticeKind.DivergenceDetected]);

        Assert.Equal(["divergence_detected a: the sources contradict each other"], Got());
    }

    [Fact]
    public async Task No_more_are_started_within_a_minute_than_allowed_and_the_rest_comes_later()
    {
        LoopHealth[] all = [.. Enumerable.Range(0, 5).Select(static i => Degraded($"l{i}", HealthCodes.IngestStale))];
        await TellAsync(all, perMinute: 2);
        await TellAsync(all, perMinute: 2);
        Assert.Equal(2, Got().Length);
        Assert.Equal($"notify: 3 more not told: {folder}/hook was started 2 times within a minute", faults[0]);

        time.Advance(TimeSpan.FromMinutes(1));
        await TellAsync(all, perMinute: 2);
        time.Advance(TimeSpan.FromMinutes(1));
        await TellAsync(all, perMinute: 2);

        Assert.Equal(
            [.. Enumerable.Range(0, 5).Select(static i => $"health_degraded l{i}")], Got().Select(static line => line.Split(':')[0]));
    }

    [Fact]
    public async Task A_command_that_failed_is_called_again_by_the_next_verb()
    {
        await TellAsync([Degraded("a", HealthCodes.IngestStale)], script: "exit 3");
        Assert.Contains("ended with exit code 3", Assert.Single(faults), StringComparison.Ordinal);

        await TellAsync([Degraded("a", HealthCodes.IngestStale)]);
        await TellAsync([Degraded("a", HealthCodes.IngestStale)]);

        Assert.Single(Got());
    }

    [Fact]
    public async Task Two_at_a_time_tell_once()
    {
        Script("cat >> \"$0.got\"");
        var all = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () => Notifier(null, 12).TellAsync([Degraded("a", HealthCodes.IngestStale)], Fault, TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken)));
        await WhileTimeRunsAsync(all, TimeSpan.FromMilliseconds(100));

        Assert.Single(Got());
    }

    [Fact]
    public async Task Where_another_program_holds_the_lock_for_too_long_nothing_is_told_and_that_is_said()
    {
        Directory.CreateDirectory(State);
        using var held = KernelLock.TryTake(new GuardedPath(GuardedFiles.Open(new FileSystem(), State), FileNames.NotifiedLock));
        Assert.NotNull(held);

        var telling = TellAsync([Degraded("a", HealthCodes.IngestStale)]);
        await WhileTimeRunsAsync(telling, TimeSpan.FromSeconds(1));

        Assert.Empty(Got());
        Assert.Equal($"notify: another ops-manager holds {State}/notified.lock; nothing was told", Assert.Single(faults));
    }

    [Theory]
    [InlineData("{", "invalid JSON in")]
    [InlineData("""{"schemaVersion":"v2"}""", "another version wrote it")]
    public async Task What_cannot_be_read_is_no_reason_to_tell_everything_again(string text, string message)
    {
        Directory.CreateDirectory(State);
        await File.WriteAllTextAsync(Path.Combine(State, "notified.json"), text, TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAnyAsync<ContractException>(() => TellAsync([Degraded("a", HealthCodes.IngestStale)]));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Empty(Got());
        Assert.Equal(text, await File.ReadAllTextAsync(Path.Combine(State, "notified.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Only_so_many_loops_are_remembered_the_newest()
    {
        Directory.CreateDirectory(State);
        var loops = string.Join(',', Enumerable.Range(0, ToldEscalations.MaxLoops).Select(static i =>
            $$"""{"source":"/r","loopId":"l{{i}}","at":"2026-11-29T00:00:00Z","active":["health_degraded"]}"""));
        await File.WriteAllTextAsync(
            Path.Combine(State, "notified.json"),
            $$"""{"schemaVersion":"v1","updatedAt":"2026-11-29T00:00:00Z","calls":[],"loops":[{{loops}}]}""",
            TestContext.Current.CancellationToken);

        await TellAsync([Degraded("new", HealthCodes.IngestStale)]);

        using var kept = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(State, "notified.json"), TestContext.Current.CancellationToken));
        var ids = kept.RootElement.GetProperty("loops").EnumerateArray().Select(static one => one.GetProperty("loopId").GetString()!);
        Assert.Equal(ToldEscalations.MaxLoops, ids.Count());
        Assert.Equal("new", ids.Last());
    }

    private static LoopHealth Degraded(string loop, params string[] codes) => Loop(loop, HealthStatus.Degraded, codes);

    private static LoopHealth Healthy(string loop) => Loop(loop, HealthStatus.Healthy);

    private static LoopHealth Loop(string loop, HealthStatus status, params string[] codes) =>
        new("/srv/app", "/srv/app", loop, "the-run", Lifecycle.Running, status, codes, []);

    private void Fault(string fault)
    {
        lock (faults)
        {
            faults.Add(fault);
        }
    }

    /// <summary>The clock runs while real work waits on it.</summary>
    private async Task WhileTimeRunsAsync(Task work, TimeSpan step)
    {
        using var steps = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!work.IsCompleted)
        {
            await steps.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            time.Advance(step);
        }

        await work;
    }

    private Task TellAsync(
        LoopHealth[] loops, NoticeKind[]? kinds = null, int perMinute = 12, string script = "cat >> \"$0.got\"")
    {
        Script(script);
        return Notifier(kinds, perMinute).TellAsync(loops, Fault, TestContext.Current.CancellationToken);
    }

    private EscalationNotifier Notifier(NoticeKind[]? kinds, int perMinute) => new(
        new FileSystem(), time, State, kinds ?? NoticeKinds.All,
        new HookSettings([Path.Combine(folder, "hook")], TimeSpan.FromSeconds(10), perMinute),
        limits => new NotifyHook(limits, new HookProcess(TestChildren.Create(time)), time, "here", Fault));

    private void Script(string lines)
    {
        var path = Path.Combine(folder, "hook");
        File.WriteAllText(path, $"#!/bin/sh\n{lines}\n");
#pragma warning disable CA1416 // Not on Windows: neither is the program.
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
    }

    /// <summary>Kind and text of each line that the command was given.</summary>
    private string[] Got() => !File.Exists(Path.Combine(folder, "hook.got")) ? [] :
    [
        .. File.ReadAllLines(Path.Combine(folder, "hook.got")).Select(static line =>
        {
            using var json = JsonDocument.Parse(line);
            return $"{json.RootElement.GetProperty("kind").GetString()} {json.RootElement.GetProperty("text").GetString()}";
        }),
    ];
}
