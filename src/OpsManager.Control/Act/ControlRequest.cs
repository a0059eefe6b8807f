using OpsManager.Contract;
using OpsManager.Core.Control;

namespace OpsManager.Control.Act;

/// <summary>An intent, and how it is to be carried out.</summary>
public sealed record ControlRequest
{
    public required string Repo { get; init; }

    public required string Loop { get; init; }

    public required Intent Intent { get; init; }

    /// <summary>The plan that the operator has seen and confirmed: where the one at sending differs, nothing is sent. Null where nobody looked.</summary>
    public ControlPlan? Seen { get; init; }

    /// <summary>The operator, as the runtime will record it.</summary>
    public required string By { get; init; }

    public required RuntimeCommand Command { get; init; }

    /// <summary>How it is sent: one of <see cref="Transports"/>.</summary>
    public string Transport { get; init; } = Transports.Local;

    public required string TraceId { get; init; }

    /// <summary>The same key is carried out once; asked again, what came of it is told again.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>Look for the effect afterwards.</summary>
    public bool Confirm { get; init; } = true;

    /// <summary>How long to look, and how long the command may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest time between two looks; changes are seen at once where the host tells of them.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);
}
