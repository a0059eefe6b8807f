using NATS.Client.JetStream;
using OpsManager.Sources.Nats;
using OpsManager.Tests.Sources.Nats;
using OpsManager.Tests.Tui;
using Xunit;

namespace OpsManager.Tests.Verbs;

/// <summary>The verbs as the users of eng/nats/fleet.conf, on a real server.</summary>
[Collection(nameof(ProcessWide))]
public sealed class FleetUserVerbTests : IDisposable
{
    private readonly FleetUsers users = new();
    private readonly Shell shell = Shell.At("completes");

    public void Dispose()
    {
        shell.Dispose();
        users.Dispose();
    }

    [Fact]
    public async Task The_admin_makes_the_stream_and_a_sprite_publishes_under_its_own_name_alone()
    {
        var made = await RunAsync("ADMIN_NKEY", "fleet", "init", "--apply");
        var own = await PublishAsync("shop");
        var other = await PublishAsync("billing");

        Assert.Equal((0, ""), (made.ExitCode, made.Error));
        Assert.Equal((0, ""), (own.ExitCode, own.Error));
        Assert.Equal(1, other.ExitCode);
        Assert.Matches("refuses .*superloop\\.v1\\.billing\\.", other.Error);
        Assert.Contains("see docs/fleet.md, \"Who may what\"", other.Error, StringComparison.Ordinal);
        await using var screen = NatsClient.Create(users.Settings("SCREEN_NKEY"), "screen");
        var stream = await new NatsJSContext(screen).GetStreamAsync(
            NatsSettings.DefaultStream, new() { SubjectsFilter = ">" }, TestContext.Current.CancellationToken);
        Assert.All(
            stream.Info.State.Subjects!.Keys,
            static subject => Assert.StartsWith("superloop.v1.shop.", subject, StringComparison.Ordinal));
        Assert.NotEmpty(stream.Info.State.Subjects!);
    }

    [Fact]
    public async Task A_screen_cannot_make_the_stream_and_is_told_so()
    {
        var result = await RunAsync("SCREEN_NKEY", "fleet", "init", "--apply");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("cannot be made", result.Error, StringComparison.Ordinal);
        Assert.Contains("\"Who may what\"", result.Error, StringComparison.Ordinal);
    }

    private Task<Shell.Result> PublishAsync(string sprite) =>
        RunAsync("SPRITE_SHOP_NKEY", "publish", "--once", "--repo", shell.Root, "--sprite", sprite);

    private Task<Shell.Result> RunAsync(string user, params string[] args)
    {
        var settings = users.Settings(user);
        return shell.RunAsync([.. args, "--nats-server", settings.Servers[0], "--nats-nkey", settings.NkeyFile!]);
    }
}
