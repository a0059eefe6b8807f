using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsManager.Contract;
using OpsManager.Service.Act;
using OpsManager.Service.Endpoints;
using OpsManager.Service.Http;
using OpsManager.Service.Watch;

namespace OpsManager.Service.Host;

/// <summary>The HTTP service of one repository, from its start to its end (docs/service.md).</summary>
public sealed class OpsService : IAsyncDisposable
{
    /// <summary>Longest body of a request.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    private const int MaxHeaderBytes = 16 * 1024;
    private const int MaxLineBytes = 8 * 1024;
    private const int MaxConnections = 256;

    private static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(10);

    /// <summary>How long requests that are being answered may take when the service ends.</summary>
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(5);

    /// <summary>How long the answer of a control that has ended may take to be sent.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(1);

    private readonly WebApplication app;
    private readonly Router router;
    private readonly LoopWatchers watchers;
    private readonly ControlQueue controls;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource leaving;
    private bool hasEnded;

    private OpsService(WebApplication app, Router router, LoopWatchers watchers, ControlQueue controls, TimeProvider time, CancellationTokenSource leaving) =>
        (this.app, this.router, this.watchers, this.controls, this.time, this.leaving) = (app, router, watchers, controls, time, leaving);

    /// <summary>Where it listens, such as <c>http://127.0.0.1:8787</c>.</summary>
    public string Address => app.Urls.First();

    /// <summary>Long polls that wait now.</summary>
    internal int Polls => router.Polls;

    /// <summary>Starts it; when this returns, requests are answered.</summary>
    /// <exception cref="ContractException">The address makes no sense, or would be open to others without a token.</exception>
    /// <exception cref="IOException">It cannot listen there.</exception>
    public static async Task<OpsService> StartAsync(ServeOptions options, ServiceWorld world, CancellationToken cancel = default)
    {
        var address = AddressOf(options);
        var builder = NewBuilder(address, options.Port);
        var leaving = new CancellationTokenSource();
        var watchers = new LoopWatchers(world.Files, world.Time, options.Repo);
        var log = new AccessLog(world.Log, world.Time, options.Token);
        var controls = new ControlQueue(world.Files, world.Time, world.Environment, world.Children, options, log, leaving.Token);
        var app = builder.Build();
        var router = new Router(options, watchers, controls, log, world.Time, world.NewId, leaving.Token);
        app.Run(router.HandleAsync);
        var service = new OpsService(app, router, watchers, controls, world.Time, leaving);
        try
        {
            await app.StartAsync(cancel).ConfigureAwait(false);
            return service;
        }
        catch (Exception error)
        {
            await service.DisposeAsync().ConfigureAwait(false);
            throw error is SocketException ? new IOException($"cannot listen on {address}, port {options.Port}: {error.Message}", error) : error;
        }
    }

    /// <summary>
    /// Ends it: nobody waits for changes any more, requests that are being answered have five seconds, and a control that runs is
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
        await Task.WhenAny(stopping, EnoughAsync()).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await controls.DrainAsync().ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
        watchers.Dispose();
        leaving.Dispose();
    }

    /// <summary>Until nobody is waited for any more; who waited for a control gets its answer.</summary>
    private async Task EnoughAsync()
    {
        await Task.WhenAll(Task.Delay(EndWithin, time), controls.DrainAsync()).ConfigureAwait(false);
        await Task.Delay(AnswerWithin, time).ConfigureAwait(false);
    }

    private static IPAddress AddressOf(ServeOptions options)
    {
        var address = options.Host == "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(options.Host, out var parsed) ? parsed
            : throw new ContractException("usage", $"--host must be an address such as {ServeOptions.DefaultHost}, or localhost; found \"{options.Host}\"");
        return IPAddress.IsLoopback(address) || options.Token is not null
            ? address
            : throw new ContractException("usage", $"{address} can be reached from other hosts, and controls loops: give a token with --token-file or OPS_MANAGER_SERVICE_TOKEN, or listen on {ServeOptions.DefaultHost}");
    }

    /// <summary>A builder with nothing but the server: no file of the working directory and no variable may open another port, and nothing is logged.</summary>
    private static WebApplicationBuilder NewBuilder(IPAddress address, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        // How long the end may take is decided where it is awaited.
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = MaxBodyBytes;
            server.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
            server.Limits.MaxRequestLineSize = MaxLineBytes;
            server.Limits.RequestHeadersTimeout = HeadersWithin;
            server.Limits.MaxConcurrentConnections = MaxConnections;
            server.Listen(address, port);
        });
        return builder;
    }
}
