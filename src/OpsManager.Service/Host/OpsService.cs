using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpsManager.Contract;
using OpsManager.Service.Act;
using OpsManager.Service.Connections;
using OpsManager.Service.Endpoints;
using OpsManager.Service.Http;
using OpsManager.Service.Options;
using OpsManager.Service.Publish;
using OpsManager.Service.Unix;
using OpsManager.Service.Watch;
using OpsManager.Sources.Files;

namespace OpsManager.Service.Host;

/// <summary>The HTTP service of one repository, from its start to its end (docs/service.md).</summary>
public sealed class OpsService : IAsyncDisposable
{
    /// <summary>Longest body of a request.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    private const int MaxHeaderBytes = 16 * 1024;
    private const int MaxLineBytes = 8 * 1024;

    /// <summary>
    /// What is read of a connection before it is looked at: one request of the greatest length, not thousands of short ones.
    /// </summary>
    private const int MaxBufferBytes = MaxLineBytes + MaxHeaderBytes;

    /// <summary>
    /// For limits of the server that ours stand for. An infinite one overflows in it and ends idle connections within a second.
    /// </summary>
    private static readonly TimeSpan NoLimit = TimeSpan.FromDays(1);

    /// <summary>How long requests that are being answered may take when the service ends.</summary>
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(5);

    /// <summary>How long the answer of a control that has ended may take to be sent.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(1);

    private readonly WebApplication app;
    private readonly ServiceRoutes routes;
    private readonly LoopWatchers watchers;
    private readonly ControlQueue controls;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource leaving;
    private readonly ConnectionLimiter limiter;
    private readonly AccessLog log;
    private readonly FleetPublisher? publisher;
    private readonly SocketFile? socket;
    private readonly string? socketAddress;
    private bool hasEnded;

    /// <param name="address">Where it listens; null where that is the socket.</param>
    /// <param name="socket">From here on it is the service's.</param>
    private OpsService(ServeOptions options, ServiceWorld world, ConnectionLimits limits, IPAddress? address, SocketFile? socket)
    {
        this.socket = socket;
        time = world.Time;
        leaving = new CancellationTokenSource();
        log = new AccessLog(world.Log, time, options.Token, world.OnFault);
        watchers = new LoopWatchers(world.Files, time, options.Repo);
        limiter = new ConnectionLimiter(limits, time, log.Tell);
        try
        {
            controls = new ControlQueue(
                world.Files, time, world.Environment, world.Children, options, log, leaving.Token, world.OnControl);
            var requests = new ControlRequests(watchers, controls, world.NewId);
            routes = new ServiceRoutes(options, watchers, requests, time, leaving.Token);
            publisher = options.Publish is { } publish
                ? new FleetPublisher(publish, watchers, world.Files, time, world.NewId, log, requests)
                : null;
            socketAddress = options.Socket is null ? null : $"unix:{options.Socket}";
            app = Build(options, address, limits);
        }
        catch
        {
            socket?.Dispose();
            routes?.Dispose();
            limiter.Dispose();
            log.Dispose();
            watchers.Dispose();
            leaving.Dispose();
            throw;
        }

        app.Use(new RequestHandler(log, time, world.NewId).HandleAsync);
        app.UseRouting();
        app.Use(routes.GateAsync);
        routes.Map(app);
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:8787</c> or <c>unix:/run/user/1000/ops.sock</c>.</summary>
    public string Address => socketAddress ?? app.Urls.First();

    /// <summary>Publishes the same loops until the service ends; ended where it does not publish.</summary>
    public Task Publishing { get; private set; } = Task.CompletedTask;

    /// <summary>Connections that are open now.</summary>
    internal int Connections => limiter.Open;

    /// <summary>Long polls that wait now.</summary>
    internal int Polls => routes.Polls;

    /// <summary>Starts it; when this returns, requests are answered.</summary>
    /// <exception cref="ContractException">The address makes no sense, or would be open to others without a token.</exception>
    /// <exception cref="IOException">It cannot listen there.</exception>
    public static Task<OpsService> StartAsync(ServeOptions options, ServiceWorld world, CancellationToken cancel = default) =>
        StartAsync(options, world, ConnectionLimits.Default, cancel);

    /// <summary>The same with other limits.</summary>
    internal static async Task<OpsService> StartAsync(
        ServeOptions options, ServiceWorld world, ConnectionLimits limits, CancellationToken cancel)
    {
        LoopDirectories.Check(GuardedFiles.Open(world.Files, options.Repo, servesOthers: true));
        var address = options.Socket is null ? AddressOf(options) : null;
        var socket = options.Socket is { } path
            ? await SocketFile.CreateAsync(world.Files, path, limits.Backlog, world.Time, cancel).ConfigureAwait(false)
            : null;
        var service = new OpsService(options, world, limits, address, socket);
        try
        {
            await service.app.StartAsync(cancel).ConfigureAwait(false);
            service.Publishing = service.publisher?.RunAsync(service.leaving.Token) ?? Task.CompletedTask;
            return service;
        }
        catch (Exception error)
        {
            await service.DisposeAsync().ConfigureAwait(false);
            var place = options.Socket ?? $"{options.Host}, port {options.Port}";
            throw error is SocketException ? new IOException($"cannot listen on {place}: {error.Message}", error) : error;
        }
    }

    /// <summary>
    /// Ends it: nobody waits for changes now, requests that are being answered have five seconds, and a control that runs is
    /// awaited, for a command that is cut off half-way leaves half of its work.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (hasEnded)
        {
            return;
        }

        hasEnded = true;
        await leaving.CancelAsync().ConfigureAwait(false);
        using var enough = new CancellationTokenSource();
        var stopping = app.StopAsync(enough.Token);
        // Who has sent no complete request holds nobody up; what was answered a moment ago is still on its way.
        await Task.WhenAny(stopping, Task.Delay(AnswerWithin, time)).ConfigureAwait(false);
        limiter.CloseSilent();
        await Task.WhenAny(stopping, EnoughAsync()).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await controls.DrainAsync().ConfigureAwait(false);
        await EndPublishingAsync().ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
        socket?.Dispose();
        routes.Dispose();
        limiter.Dispose();
        log.Dispose();
        watchers.Dispose();
        leaving.Dispose();
    }

    private async Task EndPublishingAsync()
    {
        // Why it ended early was told to whoever waits for it.
        await Publishing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (publisher is not null)
        {
            await publisher.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends when no request is open; callers that waited for a control have its answer.</summary>
    private async Task EnoughAsync()
    {
        await Task.WhenAll(Task.Delay(EndWithin, time), controls.DrainAsync()).ConfigureAwait(false);
        await Task.Delay(AnswerWithin, time).ConfigureAwait(false);
    }

    private static IPAddress AddressOf(ServeOptions options)
    {
        var address = options.Host == "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(options.Host, out var parsed) ? parsed
            : throw new ContractException(
                "usage", $"--host must be an address such as {ServeOptions.DefaultHost}, or localhost; found \"{options.Host}\"");
        return IPAddress.IsLoopback(address) || options.Token is not null
            ? address
            : throw new ContractException(
                "usage",
                $"{address} can be reached from other hosts, and controls loops: give a token with --token-file or "
                    + $"OPS_MANAGER_SERVICE_TOKEN, or listen on {ServeOptions.DefaultHost}");
    }

    /// <summary>
    /// A server and nothing else: no file of the working directory and no variable may open another port, and nothing is
    /// logged.
    /// </summary>
    private WebApplication Build(ServeOptions options, IPAddress? address, ConnectionLimits limits)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.AddRoutingCore();
        // How long the end may take is decided where it is awaited.
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        builder.Services.Configure<SocketTransportOptions>(transport =>
        {
            transport.Backlog = limits.Backlog;
            transport.MaxReadBufferSize = MaxBufferBytes;
            transport.CreateBoundListenSocket = socket is null
                ? SocketTransportOptions.CreateDefaultBoundListenSocket
                : _ => socket.Socket;
        });
        // The options come from the server's own setup, which gives them their memory.
        builder.Services.AddSingleton<IConnectionListenerFactory>(services => new LimitedTransport(
            new SocketTransportFactory(services.GetRequiredService<IOptions<SocketTransportOptions>>(), NullLoggerFactory.Instance),
            limiter));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = MaxBodyBytes;
            server.Limits.MaxRequestBufferSize = MaxBufferBytes;
            server.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
            server.Limits.MaxRequestLineSize = MaxLineBytes;
            // One limit holds for all of a request: from the opening of the connection, or the last answer, to its last byte.
            server.Limits.KeepAliveTimeout = NoLimit;
            server.Limits.RequestHeadersTimeout = NoLimit;
            server.Limits.MinRequestBodyDataRate = null;
            if (address is null)
            {
                server.ListenUnixSocket(options.Socket!, Configure);
            }
            else
            {
                server.Listen(address, options.Port, Configure);
            }
        });
        return builder.Build();

        static void Configure(ListenOptions listen)
        {
            // Of the others a connection has many requests at a time.
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(LimitedTransport.Leaving);
        }
    }
}
