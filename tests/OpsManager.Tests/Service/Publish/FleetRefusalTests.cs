using System.Text.Json;
using OpsManager.Contract.Fleet;
using Xunit;

namespace OpsManager.Tests.Service.Publish;

/// <summary>What the server or another publisher does not let through is said once, and nothing is mixed.</summary>
public sealed class FleetRefusalTests
{
    [Fact]
    public async Task A_second_publisher_of_the_same_name_with_another_history_stops_and_says_so()
    {
        await using var stream = await FleetStream.StartAsync();
        using LiveRepo ours = FleetPublisherTests.Repo(), clone = FleetPublisherTests.Repo();
        File.Copy(ours.Log, clone.Log, overwrite: true);
        await RunningPublisher.OnceAsync(ours.Root, stream.Settings);
        Directory.CreateDirectory(Path.GetDirectoryName(FleetOutboxTests.CursorOf(clone))!);
        File.Copy(FleetOutboxTests.CursorOf(ours), FleetOutboxTests.CursorOf(clone));
        ours.Append("iteration_end");
        clone.Append("role_start");
        await RunningPublisher.OnceAsync(ours.Root, stream.Settings);
        var (published, snapshots) = (stream.Lines(LiveRepo.Loop), stream.Snapshots(LiveRepo.Loop).Count);

        var (isWhole, told) = await RunningPublisher.OnceAsync(clone.Root, stream.Settings);

        Assert.False(isWhole);
        Assert.Contains(told, static line => line.Contains("by another sprite too: line 3 in the stream", StringComparison.Ordinal));
        Assert.Equal(published, stream.Lines(LiveRepo.Loop));
        Assert.Equal(snapshots, stream.Snapshots(LiveRepo.Loop).Count);
        Assert.Single(stream.Files(LiveRepo.Loop, "usage.jsonl"));
        var note = Assert.Single(stream.Messages(FleetSubject.Publisher(FleetStream.Sprite).Text("superloop.v1")),
            static one => one.Body.AsSpan().IndexOf("checkout-flow"u8) >= 0);
        var conflict = JsonDocument.Parse(note.Body).RootElement.GetProperty("conflict");
        Assert.Equal((LiveRepo.Loop, 3), (conflict.GetProperty("loop").GetString(), conflict.GetProperty("line").GetInt32()));
        Assert.Equal(stream.Events(LiveRepo.Loop)[^1].Publisher, conflict.GetProperty("other").GetString());
        Assert.Equal(note.Publisher, conflict.GetProperty("publisher").GetString());

        // Its loop being deleted says nothing of ours.
        Directory.Delete(Path.Combine(clone.Root, ".superloop", "loops", LiveRepo.Loop), recursive: true);
        Assert.False((await RunningPublisher.OnceAsync(clone.Root, stream.Settings)).IsWhole);
        Assert.DoesNotContain(stream.Snapshots(LiveRepo.Loop), static one => one.IsGone);
    }

    [Fact]
    public async Task Two_publishers_at_work_under_one_name_never_mix_their_lines()
    {
        await using var stream = await FleetStream.StartAsync();
        using LiveRepo ours = FleetPublisherTests.Repo(), clone = FleetPublisherTests.Repo();
        File.Copy(ours.Log, clone.Log, overwrite: true);
        await using var first = RunningPublisher.Start(ours.Root, stream.Settings);
        await using var second = RunningPublisher.Start(clone.Root, stream.Settings);
        RunningService.Until(() => stream.Snapshots(LiveRepo.Loop).Count >= 1);

        ours.Append("iteration_end");
        RunningService.Until(() => stream.Lines(LiveRepo.Loop).Count == 3);
        clone.Append("role_start");
        RunningService.Until(() => second.Told.Any(static line => line.Contains("by another sprite too", StringComparison.Ordinal)));
        FleetOutboxTests.Add(ours, 2);
        RunningService.Until(() => stream.Lines(LiveRepo.Loop).Count == 5);

        FleetOutboxTests.AssertIsLog(stream, ours);
        Assert.DoesNotContain(first.Told, static line => line.Contains(LiveRepo.Loop, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_that_is_missing_is_said_once_and_used_as_soon_as_it_is_there()
    {
        await using var stream = await FleetStream.StartAsync(hasStream: false);
        using var repo = FleetPublisherTests.Repo();
        await using var publisher = RunningPublisher.Start(repo.Root, stream.Settings);
        RunningService.Until(() => publisher.Told.Count > 0);
        publisher.Glance(3);

        Assert.Contains("Make it with \"ops-manager fleet init --apply\"", Assert.Single(publisher.Told), StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<IOException>(() => RunningPublisher.OnceAsync(repo.Root, stream.Settings));
        Assert.Contains("has no stream SUPERLOOP", error.Message, StringComparison.Ordinal);
        await stream.CreateAsync();
        RunningService.Until(() => stream.Snapshots(LiveRepo.Loop).Count == 1);
        FleetOutboxTests.AssertIsLog(stream, repo);
        RunningService.Until(() => publisher.Told.Any(static line => line.Contains("takes messages of loop", StringComparison.Ordinal)));
        Assert.Equal(2, publisher.Told.Count);
    }

    [Fact]
    public async Task A_permission_that_is_missing_is_said_once_and_the_other_loops_go_on()
    {
        await using var stream = await FleetStream.StartAsync("""
            authorization {
              users = [ { user: limited, password: any, permissions: { publish: { deny: ["superloop.v1.box.checkout-flow.events"] } } } ]
            }
            no_auth_user: limited
            """);
        using var repo = FleetPublisherTests.Repo();
        await using var publisher = RunningPublisher.Start(repo.Root, stream.Settings);
        RunningService.Until(() => publisher.Told.Count > 0 && stream.Snapshots("nightly run").Count == 1);
        publisher.Glance(3);

        Assert.Contains("refuses superloop.v1.box.checkout-flow.events", Assert.Single(publisher.Told), StringComparison.Ordinal);
        Assert.Empty(stream.Snapshots(LiveRepo.Loop));
    }

    [Fact]
    public async Task A_server_that_is_not_there_ends_a_publisher_that_publishes_once()
    {
        using var repo = FleetPublisherTests.Repo();

        var error = await Assert.ThrowsAsync<IOException>(
            () => RunningPublisher.OnceAsync(repo.Root, new() { Servers = ["nats://127.0.0.1:1"] }));

        Assert.Contains("nothing was published", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_of_somebody_else_on_our_subject_are_not_taken_for_ours()
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = FleetPublisherTests.Repo();
        await stream.PutAsync(
            FleetSubject.Events(FleetStream.Sprite, LiveRepo.Loop).Text("superloop.v1"), "{{{", ("Superloop-Log", new string('x', 30_000)),
            ("Superloop-Line", "-1"), ("Superloop-Part", "9/2"));

        var (isWhole, _) = await RunningPublisher.OnceAsync(repo.Root, stream.Settings);

        Assert.False(isWhole);
        Assert.Single(stream.Events(LiveRepo.Loop));
        Assert.Single(stream.Snapshots("nightly run"));
    }
}
