namespace OpsManager.Contract.Words;

/// <summary>Headers of the service that HTTP does not know (docs/contract.md, "Service").</summary>
public static class HeaderNames
{
    public const string Token = "X-Ops-Token";
    public const string TraceId = "X-Trace-Id";
    public const string IdempotencyKey = "X-Idempotency-Key";
    public const string TotalSize = "X-Total-Size";
    public const string Offset = "X-Offset";
}
