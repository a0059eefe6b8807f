using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using OpsManager.Service.Act;
using OpsManager.Service.Connections;
using OpsManager.Service.Http;

namespace OpsManager.Service.Endpoints;

/// <summary>One request, and what its line in the access log needs.</summary>
internal sealed class Call(HttpContext context, string trace) : IControlCaller
{
    private readonly ClientConnection? connection = context.Features.Get<ClientConnection>();

    public HttpRequest Request => context.Request;

    /// <summary>The caller has gone.</summary>
    public CancellationToken Gone => context.RequestAborted;

    /// <summary>The caller has hung up, or its connection was closed; there is no answer.</summary>
    public bool IsGone => Gone.IsCancellationRequested || connection?.IsClosed == true;

    /// <summary>The body of a request that has one, complete.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    public string Trace { get; set; } = trace;

    /// <summary>What its endpoint answers; null where none has.</summary>
    public Reply? Reply { get; set; }

    /// <summary>The loop it is about; null where it is about none, or that is not known yet.</summary>
    public string? Loop { get; set; }

    /// <summary>The caller is permitted, and the path exists.</summary>
    public bool IsLetIn { get; set; }

    /// <summary>It is complete and let in, and its answer was begun.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>The request is complete and let in: from here on its connection is kept until it is answered.</summary>
    /// <exception cref="OperationCanceledException">It was closed before: nothing is done.</exception>
    public void BeginAnswer()
    {
        if (connection?.TryBeginAnswer() == false)
        {
            throw new OperationCanceledException("the connection was closed before the request was complete");
        }

        HasBegun = true;
    }

    /// <summary>
    /// Nothing more of what this connection has sent is read. The server goes on parsing what has arrived of a connection that has
    /// ended already, request for request.
    /// </summary>
    public void EndConnection() => context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();

    /// <summary>The answer was sent, or the caller has hung up.</summary>
    public void EndAnswer() => connection?.EndAnswer();
}
