namespace OpsManager.Contract.Service;

/// <summary>
/// What was answered to one idempotency key: a value of <c>service-idempotency.json</c>, which maps keys to these
/// (docs/contract.md, "Service").
/// </summary>
public sealed record IdempotencyEntry
{
    /// <summary>The answer's status: 200, 409 or 500.</summary>
    public required int Status { get; init; }

    /// <summary>What was asked for, as SHA-256 in hexadecimal; the same key with anything else is refused.</summary>
    public required string Fingerprint { get; init; }

    public required ControlAnswer Answer { get; init; }

    public required DateTimeOffset At { get; init; }
}
