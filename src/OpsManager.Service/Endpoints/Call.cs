using Microsoft.AspNetCore.Http;

namespace OpsManager.Service.Endpoints;

/// <summary>One request, and what its line in the access log needs.</summary>
internal sealed class Call(HttpContext context, string trace)
{
    public HttpRequest Request => context.Request;

    /// <summary>The caller has gone.</summary>
    public CancellationToken Gone => context.RequestAborted;

    public string Trace { get; set; } = trace;

    /// <summary>The loop it is about; null where it is about none, or that is not known yet.</summary>
    public string? Loop { get; set; }
}
