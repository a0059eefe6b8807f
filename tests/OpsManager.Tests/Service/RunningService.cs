using System.Globalization;
using System.IO.Abstractions;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OpsManager.Service.Connections;
using OpsManager.Service.Host;
using OpsManager.Service.Options;
using Xunit;

namespace OpsManager.Tests.Service;

/// <summary>The service on this host, on a port that was free, and a client of it.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    /// <summary>Longer than anything here takes; a test that waits so long has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly OpsService service;
    private readonly StringWriter log;

    /// <summary>What the service writes to; it locks itself while it does.</summary>
    private readonly TextWriter writer;

    private RunningService(OpsService service, StringWriter log, TextWriter writer)
    {
        (this.service, this.log, this.writer) = (service, log, writer);
        Http = service.Address.StartsWith("http:", StringComparison.Ordinal)
            ? new HttpClient { BaseAddress = new Uri(service.Address), Timeout = Patience }
            : new HttpClient { Timeout = Patience };
    }

    public HttpClient Http { get; }

    public string Address => service.Address;

    /// <summary>Long polls that wait now.</summary>
    public int Polls => service.Polls;

    /// <summary>Lines of the access log so far.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (writer)
            {
                return log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            }
        }
    }

    /// <summary>Connections that are open now.</summary>
    public int Connections => service.Connections;

    public static async Task<RunningService> StartAsync(
        string repo, TimeProvider? time = null, Func<ServeOptions, ServeOptions>? change = null,
        Func<ConnectionLimits, ConnectionLimits>? limit = null)
    {
        var log = new StringWriter(CultureInfo.InvariantCulture);
        var writer = TextWriter.Synchronized(log);
        var id = 0;
        var options = new ServeOptions { Repo = repo, Port = 0 };
        var world = new ServiceWorld(
            new FileSystem(), time ?? TimeProvider.System, static _ => null,
            () => string.Create(CultureInfo.InvariantCulture, $"id-{Interlocked.Increment(ref id)}-{Guid.NewGuid():n}"), writer,
            TestChildren.Create());
        return new RunningService(await OpsService.StartAsync(
            change?.Invoke(options) ?? options, world, limit?.Invoke(ConnectionLimits.Default) ?? ConnectionLimits.Default,
            default), log, writer);
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> ControlAsync(string body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, "/ops/control", body, headers);

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>Ends the service, and not the client, who may still be reading its answers.</summary>
    public ValueTask EndAsync() => service.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        Http.Dispose();
    }

    /// <summary>A runtime's command for a repository: counts how often it is run, and can be held.</summary>
    /// <param name="fault">See the test runtime.</param>
    public static void PutCommand(LiveRepo repo, string fault = "", bool isHeld = false)
    {
        var file = Path.Combine(repo.Root, "superloop.sh");
        var hold = isHeld ? "while [ ! -e go ]; do sleep 0.02; done" : "";
        File.WriteAllText(
            file, $"#!/bin/sh\necho \"$1\" >> commands\n{hold}\nTEST_RUNTIME_FAULT={fault} exec '{RuntimeBinary.Path}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>How often the command was run.</summary>
    public static int Commands(LiveRepo repo) =>
        File.Exists(Path.Combine(repo.Root, "commands")) ? File.ReadAllLines(Path.Combine(repo.Root, "commands")).Length : 0;

    /// <summary>Lets a held command go on.</summary>
    public static void Release(LiveRepo repo) => File.WriteAllText(Path.Combine(repo.Root, "go"), "");

    public static void Until(Func<bool> isSo) => Assert.True(Eventually.Is(isSo, Patience));
}
