namespace OpsManager.Contract.Words;

/// <summary>How well the watching goes (docs/contract.md, "Health").</summary>
public static class HealthWords
{
    public const string Healthy = "healthy";
    public const string Degraded = "degraded";
    public const string Critical = "critical";
}
