using System.Net.Sockets;
using System.Text.Json;
using OpsManager.Service.Unix;
using OpsManager.Sources.Sprite;
using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Service.Unix;

/// <summary>A service that listens on a Unix socket, and the verbs that reach it there.</summary>
public sealed class ServiceSocketTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("ops-manager-socket-").FullName;

    private string Socket => Path.Combine(directory, "ops.sock");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Its_user_alone_can_connect_and_the_socket_goes_with_the_service()
    {
        using var shell = Shell.At("completes");
        await using (var service = await ServeAsync(shell.Root))
        {
            Assert.Equal($"unix:{Socket}", service.Address);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, FileEntry.Find(Socket)!.Permissions);
            Assert.True(FileEntry.Find(Socket)!.IsSocket);
            using var http = SpriteHttp.NewClient();
            var answer = await Client(http).AskAsync(() => Client(http).Get("healthz"), TestContext.Current.CancellationToken);
            Assert.Equal(200, answer.Status);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(directory));
    }

    [Fact]
    public async Task Requests_to_two_sockets_are_not_mixed_up()
    {
        using var shell = Shell.At("completes");
        using var other = new LiveRepo();
        var second = Path.Combine(directory, "other.sock");
        await using var service = await ServeAsync(shell.Root);
        await using var otherService = await RunningService.StartAsync(other.Root, change: options => options with { Socket = second });
        using var http = SpriteHttp.NewClient();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(shell.Root, await RepoAsync(http, Socket));
            Assert.Equal(other.Root, await RepoAsync(http, second));
        }
    }

    [Fact]
    public async Task Reconcile_and_control_reach_it_by_its_path()
    {
        using var repo = new LiveRepo();
        repo.AskApproval();
        RunningService.PutCommand(repo);
        await using var service = await RunningService.StartAsync(repo.Root, change: options => options with { Socket = Socket });
        using var home = Shell.At("completes");
        home.Variables["XDG_STATE_HOME"] = directory;
        home.Variables["HOME"] = directory;
        string[] there = ["--transport", "sprite_service", "--service-base-url", $"unix:{Socket}", "--loop", LiveRepo.Loop];

        var reconciled = await home.RunAsync(["reconcile", "--repo", home.Root, .. there]);
        var controlled = await home.RunAsync(["control", .. there, "--intent", "approve", "--no-confirm", "--by", "ada"]);

        Assert.Equal((0, ""), (reconciled.ExitCode, reconciled.Error));
        Assert.Equal(
            "awaiting_approval",
            JsonDocument.Parse(reconciled.Output).RootElement.GetProperty("projection").GetProperty("status").GetString());
        Assert.Equal((0, ""), (controlled.ExitCode, controlled.Error));
        Assert.Equal(1, RunningService.Commands(repo));
    }

    [Fact]
    public async Task Nobody_at_the_socket_is_told_with_its_path()
    {
        using var home = Shell.At("completes");
        home.Variables["XDG_STATE_HOME"] = directory;

        var result = await home.WithTimeRunningAsync(home.RunAsync(
            "reconcile", "--repo", home.Root, "--transport", "sprite_service", "--service-base-url", $"unix:{Socket}", "--loop",
            Shell.Loop));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"unix:{Socket}", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_that_a_killed_service_left_is_replaced()
    {
        using var shell = Shell.At("completes");
        Stale(Socket);

        await using var service = await ServeAsync(shell.Root);

        using var http = SpriteHttp.NewClient();
        Assert.Equal(shell.Root, await RepoAsync(http, Socket));
    }

    [Fact]
    public async Task A_socket_on_which_a_service_listens_is_left_to_it()
    {
        using var shell = Shell.At("completes");
        await using var service = await ServeAsync(shell.Root);

        var error = await Assert.ThrowsAsync<IOException>(() => ServeAsync(shell.Root));

        Assert.Contains("is in use", error.Message, StringComparison.Ordinal);
        using var http = SpriteHttp.NewClient();
        Assert.Equal(shell.Root, await RepoAsync(http, Socket));
    }

    [Fact]
    public async Task A_file_at_the_path_is_left_as_it_is()
    {
        using var shell = Shell.At("completes");
        await File.WriteAllTextAsync(Socket, "a file", TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<IOException>(() => ServeAsync(shell.Root));

        Assert.Contains($"{Socket} exists already and is not a socket", error.Message, StringComparison.Ordinal);
        Assert.Equal("a file", await File.ReadAllTextAsync(Socket, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_at_the_path_is_left_as_it_is(bool isDangling)
    {
        using var shell = Shell.At("completes");
        var target = Path.Combine(directory, "target");
        if (!isDangling)
        {
            Stale(target);
        }

        File.CreateSymbolicLink(Socket, target);

        var error = await Assert.ThrowsAsync<IOException>(() => ServeAsync(shell.Root));

        Assert.Contains($"{Socket} is a link", error.Message, StringComparison.Ordinal);
        Assert.Equal(target, new FileInfo(Socket).LinkTarget);
        Assert.Equal(!isDangling, FileEntry.Find(target) is not null);
    }

    [Fact]
    public async Task What_took_the_name_meanwhile_stays_when_the_service_ends()
    {
        using var shell = Shell.At("completes");
        await using var service = await ServeAsync(shell.Root);
        File.Delete(Socket);
        await File.WriteAllTextAsync(Socket, "a file", TestContext.Current.CancellationToken);

        await service.EndAsync();

        Assert.Equal("a file", await File.ReadAllTextAsync(Socket, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_path_that_is_too_long_for_a_socket_is_told()
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync("serve", "--repo", shell.Root, "--socket", $"/{new string('a', SocketFile.MaxPathBytes)}");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("too long", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port", "8787")]
    [InlineData("--host", "127.0.0.1")]
    public async Task A_socket_and_an_address_do_not_go_together(string option, string value)
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync("serve", "--repo", shell.Root, "--socket", Socket, option, value);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("--socket cannot be used with --host and --port", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Socket));
    }

    [Theory]
    [InlineData("every user of this host may act on the loops of")]
    [InlineData("every user of this host may read the loops of", "--read-only")]
    [InlineData(null, "--token", "s3cret")]
    public async Task Without_a_token_the_start_warns_that_every_user_may_act(string? words, params string[] options)
    {
        using var shell = Shell.At("completes");

        var (output, error) = await shell.ServeAsync(["--port", "0", .. options]);

        Assert.StartsWith("listening on http://127.0.0.1:", output, StringComparison.Ordinal);
        Assert.Equal(
            words is null ? "" : $"No token is set: {words} {shell.Root}. Start with --token-file F, or with --socket PATH.\n", error);
    }

    [Fact]
    public async Task On_a_socket_the_start_does_not_warn()
    {
        using var shell = Shell.At("completes");

        var (output, error) = await shell.ServeAsync(["--socket", Socket]);

        Assert.Equal(($"listening on unix:{Socket} for {shell.Root}\n", ""), (output, error));
    }

    [Theory]
    [InlineData("unix:/run/ops.sock", "/run/ops.sock")]
    [InlineData("unix:///run/ops.sock", "/run/ops.sock")]
    [InlineData("unix:/run/a b.sock", "/run/a b.sock")]
    [InlineData("unix:run/ops.sock", null)]
    [InlineData("unix://host/ops.sock", null)]
    [InlineData("unix:/run/", null)]
    [InlineData("unix:/run/ops.sock?token=a", null)]
    [InlineData("unix:", null)]
    [InlineData("http://localhost", "")]
    public void An_address_may_be_a_socket(string text, string? socket)
    {
        var url = SpriteAddress.Parse(text);

        Assert.Equal(socket, url is null ? null : SpriteAddress.Open(url).Socket ?? "");
    }

    private Task<RunningService> ServeAsync(string repo) =>
        RunningService.StartAsync(repo, change: options => options with { Socket = Socket });

    private SpriteHttp Client(HttpClient http) => Client(http, Socket);

    private static SpriteHttp Client(HttpClient http, string socket) =>
        new(http, SpriteAddress.Open(SpriteAddress.Parse($"unix:{socket}")!), "t", TimeProvider.System, SpriteOptions.Default);

    private static async Task<string?> RepoAsync(HttpClient http, string socket)
    {
        var client = Client(http, socket);
        var answer = await client.AskAsync(() => client.Get("ops/loops"), TestContext.Current.CancellationToken);
        return JsonDocument.Parse(answer.Body).RootElement.GetProperty("repoPath").GetString();
    }

    internal static void Stale(string path)
    {
        // It is bound by another name first: .NET removes the name by which it bound a socket.
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path + ".b"));
        File.Move(path + ".b", path);
    }
}
