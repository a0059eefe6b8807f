using OpsManager.Contract;

namespace OpsManager.Sources.Sprite;

/// <summary>A service did not answer what was asked, and said for how long it wants to be left alone (<c>Retry-After</c>).</summary>
internal sealed class BusyServiceException(string message, TimeSpan retryAfter)
    : ContractException(FailureCodes.ServiceRequestFailed, message)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
