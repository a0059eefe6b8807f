using OpsManager.Contract;

namespace OpsManager.Sources.Sprite;

/// <summary>A service did not answer the request, and said how long to wait (<c>Retry-After</c>).</summary>
internal sealed class BusyServiceException(string message, TimeSpan retryAfter)
    : ContractException(FailureCodes.ServiceRequestFailed, message)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
