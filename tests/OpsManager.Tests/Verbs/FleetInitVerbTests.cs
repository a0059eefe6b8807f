using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using OpsManager.Sources.Nats;
using OpsManager.Testing.Nats;
using OpsManager.Tests.Tui;
using Xunit;

namespace OpsManager.Tests.Verbs;

/// <summary>On a real server.</summary>
[Collection(nameof(ProcessWide))]
public sealed class FleetInitVerbTests : IDisposable
{
    private readonly Shell shell = Shell.Bare();

    public FleetInitVerbTests()
    {
        shell.Variables["XDG_CONFIG_HOME"] = shell.Root;
        Directory.CreateDirectory(shell.Full("ops-manager"));
    }

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task A_stream_that_is_missing_is_described_and_made_only_if_asked()
    {
        using var server = NatsServer.Start();

        var described = await InitAsync(server);
        var still = await InitAsync(server);
        var made = await InitAsync(server, "--apply");
        var there = await InitAsync(server);

        Assert.Equal((1, 1, 0, 0), (described.ExitCode, still.ExitCode, made.ExitCode, there.ExitCode));
        Assert.Equal($"Stream SUPERLOOP on {server.Url} is not there. It is made like this:", described.Lines[0]);
        Assert.Contains($"  nats --server={server.Url} stream add SUPERLOOP \\", described.Lines);
        Assert.Contains("    --max-age=604800s \\", described.Lines);
        Assert.Equal("Nothing was changed. To make it, give --apply too.", described.Lines[^1]);
        Assert.Equal($"Stream SUPERLOOP on {server.Url} was made.", made.Lines[^1]);
        Assert.Equal($"Stream SUPERLOOP on {server.Url} is as it must be:", there.Lines[0]);
        var config = await FindAsync(server, "SUPERLOOP");
        Assert.Equal(
            ["superloop.v1.*.*.events", "superloop.v1.*.*.file.*", "superloop.v1.*.*.snapshot", "superloop.v1.*.publisher"],
            config.Subjects!.Order(StringComparer.Ordinal));
        Assert.Equal(
            (TimeSpan.FromDays(7), 10L << 30, TimeSpan.FromMinutes(2), 1),
            (config.MaxAge, config.MaxBytes, config.DuplicateWindow, config.NumReplicas));
        Assert.Equal(
            (StreamConfigStorage.File, StreamConfigRetention.Limits, StreamConfigDiscard.Old, true, false),
            (config.Storage, config.Retention, config.Discard, config.AllowDirect, config.AllowRollupHdrs));
    }

    [Fact]
    public async Task Limits_are_what_the_flags_say_and_stay_what_they_are_without_one()
    {
        using var server = NatsServer.Start();

        await InitAsync(server, "--apply", "--max-age", "30d", "--max-bytes", "1G", "--duplicate-window", "90s");
        var unchanged = await InitAsync(server);
        var differs = await InitAsync(server, "--max-age", "36h", "--max-bytes", "2G");
        var changed = await InitAsync(server, "--max-age", "36h", "--max-bytes", "2G", "--apply");

        Assert.Equal((0, 1, 0), (unchanged.ExitCode, differs.ExitCode, changed.ExitCode));
        Assert.Equal($"Stream SUPERLOOP on {server.Url} differs:", differs.Lines[0]);
        Assert.Matches("(?m)^max age +30d +36h$", differs.Output);
        Assert.Matches("(?m)^max bytes +1G +2G$", differs.Output);
        Assert.Contains("Messages beyond max age 36h are removed.", differs.Lines);
        Assert.DoesNotContain("beyond max bytes", differs.Output, StringComparison.Ordinal);
        Assert.Contains($"  nats --server={server.Url} stream edit SUPERLOOP \\", differs.Lines);
        Assert.Equal($"Stream SUPERLOOP on {server.Url} was changed.", changed.Lines[^1]);
        var config = await FindAsync(server, "SUPERLOOP");
        Assert.Equal(
            (TimeSpan.FromHours(36), 2L << 30, TimeSpan.FromSeconds(90)), (config.MaxAge, config.MaxBytes, config.DuplicateWindow));
    }

    [Fact]
    public async Task A_stream_that_has_the_requests_too_differs_and_keeps_what_is_not_ours()
    {
        using var server = NatsServer.Start();
        await MakeAsync(server, new StreamConfig
        {
            Name = "FLEET",
            Subjects = ["mine.v1.>"],
            Description = "as I want it",
            MaxMsgsPerSubject = 5,
            AllowDirect = false,
        });
        File.WriteAllText(
            shell.Full("ops-manager/config.yaml"), $"nats: {{ servers: ['{server.Url}'], stream: FLEET, prefix: mine.v1 }}\n");

        var differs = await shell.RunAsync("fleet", "init");
        var changed = await shell.RunAsync("fleet", "init", "--apply");

        Assert.Equal((1, 0), (differs.ExitCode, changed.ExitCode));
        Assert.Matches("(?m)^subjects +mine\\.v1\\.> +mine\\.v1\\.\\*\\.\\*\\.events$", differs.Output);
        Assert.Matches("(?m)^max messages of a subject +5 +no limit$", differs.Output);
        Assert.Matches("(?m)^direct get +no +yes$", differs.Output);
        var config = await FindAsync(server, "FLEET");
        Assert.Equal(("as I want it", 4, true), (config.Description, config.Subjects!.Count, config.AllowDirect));
    }

    [Fact]
    public async Task What_the_server_never_changes_is_named_and_nothing_is_changed()
    {
        using var server = NatsServer.Start();
        await MakeAsync(server, new StreamConfig
        {
            Name = "SUPERLOOP",
            Subjects = ["superloop.v1.>"],
            Storage = StreamConfigStorage.Memory,
            DenyPurge = true,
        });

        var result = await InitAsync(server, "--apply");

        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        Assert.Matches("(?m)^storage +memory +file \\(cannot be changed\\)$", result.Output);
        Assert.Equal(
            "Nothing was changed: storage, purge cannot be changed on a stream that is there. Delete the stream, or name another one with "
                + "--nats-stream.",
            result.Lines[^1]);
        Assert.Equal(["superloop.v1.>"], (await FindAsync(server, "SUPERLOOP")).Subjects);
    }

    [Fact]
    public async Task What_the_server_refuses_is_said_in_its_words_with_what_to_do()
    {
        using var server = NatsServer.Start();
        await MakeAsync(server, new StreamConfig { Name = "OTHER", Subjects = ["superloop.v1.>"] });

        var replicas = await InitAsync(server, "--apply", "--nats-prefix", "free", "--replicas", "3");
        var storage = await InitAsync(server, "--apply", "--nats-prefix", "free", "--max-bytes", "1T");
        var overlap = await InitAsync(server, "--apply");

        Assert.Equal((2, 2, 2), (replicas.ExitCode, storage.ExitCode, overlap.ExitCode));
        Assert.Equal(
            $"stream SUPERLOOP on {server.Url} cannot be made: the server says: replicas > 1 not supported in non-clustered mode. "
                + "Each replica needs a server of its own: name at most as many as the cluster has\n",
            replicas.Error);
        Assert.Contains(
            "insufficient storage resources available. It reserves max bytes as a whole: ask for less", storage.Error,
            StringComparison.Ordinal);
        Assert.Contains("subjects overlap with an existing stream", overlap.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_JetStream_for_the_user_is_said_so()
    {
        using var server = NatsServer.Start("""
            accounts { PLAIN { users: [{ user: plain, password: plain }] } }
            no_auth_user: plain
            """);

        var result = await InitAsync(server);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("the server has no JetStream for this user; see docs/fleet.md", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no NATS server is named: write \"nats\" with \"servers\" into config.yaml, or give --nats-server")]
    [InlineData("nats://127.0.0.1:1 cannot be used", "--nats-server", "nats://127.0.0.1:1")]
    [InlineData("--max-age must be a time such as 90s, 36h or 7d", "--max-age", "1w")]
    [InlineData("--max-age must be a time such as 90s, 36h or 7d", "--max-age", "0s")]
    [InlineData("--max-bytes must be a size such as 500M or 20G", "--max-bytes", "ten")]
    [InlineData("--replicas must be 5 or less", "--replicas", "6")]
    [InlineData("there is no option \"--aply\"", "--aply")]
    public async Task What_cannot_be_asked_is_exit_code_2(string message, params string[] flags)
    {
        var result = await shell.RunAsync(["fleet", "init", .. flags]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private Task<Shell.Result> InitAsync(NatsServer server, params string[] flags) =>
        shell.RunAsync(["fleet", "init", "--nats-server", server.Url, .. flags]);

    private static async Task MakeAsync(NatsServer server, StreamConfig config)
    {
        await using var connection = NatsClient.Create(new NatsSettings { Servers = [server.Url] }, "test");
        await new NatsJSContext(connection).CreateStreamAsync(config, TestContext.Current.CancellationToken);
    }

    private static async Task<StreamConfig> FindAsync(NatsServer server, string name)
    {
        await using var connection = NatsClient.Create(new NatsSettings { Servers = [server.Url] }, "test");
        return (await new NatsJSContext(connection).GetStreamAsync(name, null, TestContext.Current.CancellationToken)).Info.Config;
    }
}
