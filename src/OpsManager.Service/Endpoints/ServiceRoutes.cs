using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Service.Act;
using OpsManager.Service.Http;
using OpsManager.Service.Options;
using OpsManager.Service.Watch;

namespace OpsManager.Service.Endpoints;

/// <summary>The paths of the service, who may ask for them, and how many at a time.</summary>
internal sealed class ServiceRoutes(
    ServeOptions options, LoopWatchers watchers, ControlRequests controls, TimeProvider time, CancellationToken leaving)
    : IDisposable
{
    /// <summary>All of them, as a message to people names them.</summary>
    public const string Paths = "/healthz, /ops/snapshot, /ops/events, /ops/loops, /ops/file, /ops/log and /ops/control";

    /// <summary>Long polls that wait at a time; they take no room from the others.</summary>
    private const int MaxPolls = 64;

    /// <summary>How long a request waits for its turn, before its caller is told to come again.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private readonly TokenGate gate = new(options.Token);
    private readonly RequestSlots slots = new(options.MaxInFlight, MaxWait, time);
    private readonly RequestSlots polls = new(MaxPolls, TimeSpan.Zero, time);
    private readonly EventsEndpoint events = new(watchers, time, leaving);

    /// <summary>Polls that wait now.</summary>
    public int Polls => events.Waiting;

    public void Dispose()
    {
        slots.Dispose();
        polls.Dispose();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        var (snapshot, loops) = (new SnapshotEndpoint(watchers), new LoopsEndpoint(watchers, options.Repo));
        var log = new LogEndpoint(watchers, options.Repo);
        var (file, control) = (new FileEndpoint(watchers), new ControlEndpoint(controls));
        routes.MapGet("/healthz", Answering(static _ => Task.FromResult(Health()))).AllowAnonymous();
        routes.MapGet("/ops/snapshot", InSlot(snapshot.AnswerAsync));
        routes.MapGet("/ops/events", Answering(call => TakeAsync(EventsEndpoint.Waits(call) ? polls : slots, events.AnswerAsync, call)));
        routes.MapGet("/ops/loops", InSlot(loops.AnswerAsync));
        routes.MapGet("/ops/file", InSlot(call => Task.FromResult(file.Answer(call))));
        routes.MapGet("/ops/log", InSlot(call => Task.FromResult(log.Answer(call))));
        routes.MapPost("/ops/control", Answering(async call =>
        {
            // Before it takes a slot: who sends it slowly keeps nobody out.
            call.Body = await RequestBody.ReadAsync(call).ConfigureAwait(false);
            return await TakeAsync(slots, control.AnswerAsync, call).ConfigureAwait(false);
        }));
    }

    /// <summary>Lets a request through to its endpoint, or answers 401; a middleware between routing and the endpoints.</summary>
    public Task GateAsync(HttpContext context, RequestDelegate next)
    {
        var call = Called(context);
        var (refusal, endpoint) = (gate.RefusalOf(context.Request.Headers), context.GetEndpoint());
        call.IsLetIn = refusal is null && endpoint is not null;
        if (refusal is null || endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return next(context);
        }

        call.Reply = Reply.Error(refusal);
        return Task.CompletedTask;
    }

    private static Reply Health() => Reply.Json(200, new ServiceHealth(true), ContractJson.Default.ServiceHealth);

    private RequestDelegate InSlot(Func<Call, Task<Reply>> answer) => Answering(call => TakeAsync(slots, answer, call));

    private static async Task<Reply> TakeAsync(RequestSlots slots, Func<Call, Task<Reply>> answer, Call call)
    {
        call.BeginAnswer();
        using var slot = await slots.TakeAsync(call.Gone).ConfigureAwait(false)
            ?? throw Refusal.Busy("too many requests at a time; try again in a second");
        return await answer(call).ConfigureAwait(false);
    }

    private static RequestDelegate Answering(Func<Call, Task<Reply>> answer) => async context =>
    {
        var call = Called(context);
        call.Reply = await answer(call).ConfigureAwait(false);
    };

    private static Call Called(HttpContext context) => context.Features.GetRequiredFeature<Call>();
}
