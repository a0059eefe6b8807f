using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Act;

/// <summary>An intent, and how it is to be carried out.</summary>
public sealed record ControlRequest
{
    /// <summary>The code of the error that a key was used for another request.</summary>
    public const string KeyTaken = "key_taken";

    public static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(30);

    public required string Repo { get; init; }

    /// <summary>The repository in which everything about it is recorded; null where that is <see cref="Repo"/>.</summary>
    public string? RecordsIn { get; init; }

    /// <summary>Where it is recorded.</summary>
    public string Place => RecordsIn ?? Repo;

    public required string Loop { get; init; }

    public required Intent Intent { get; init; }

    /// <summary>
    /// The plan that the operator has seen and confirmed: where the one at sending differs, nothing is sent. Null where nobody
    /// looked.
    /// </summary>
    public ControlPlan? Seen { get; init; }

    /// <summary>The operator, as the runtime will record it.</summary>
    public required string By { get; init; }

    public required RuntimeCommand Command { get; init; }

    /// <summary>How it is sent: one of <see cref="Transports"/>.</summary>
    public string Transport { get; init; } = Transports.Local;

    public required string TraceId { get; init; }

    /// <summary>The same key is carried out once; asked again, its result is returned again. <see cref="IsKey"/> has to hold.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>Gets, once and on another thread, who holds the loop while this request waits.</summary>
    public Action<string> Waits { get; init; } = static _ => { };

    /// <summary>
    /// Gets the result while the loop is still locked: the next request already finds the record. A stored answer is told
    /// without the lock where another control holds it for too long.
    /// </summary>
    public Func<ControlResult, Task> Ends { get; init; } = static _ => Task.CompletedTask;

    /// <summary>Look for the effect afterwards.</summary>
    public bool Confirm { get; init; } = true;

    /// <summary>
    /// How long to look, how long the command may take, and how long to wait for another control to end. With zero the result is looked
    /// for once, and the command has its usual time.
    /// </summary>
    public TimeSpan Timeout { get; init; } = UsualTimeout;

    /// <summary>How long the command may take, and a sprite to be read before it.</summary>
    public TimeSpan CommandTimeout => Timeout > TimeSpan.Zero ? Timeout : UsualTimeout;

    /// <summary>
    /// How long a service may take for a command and the confirmation of it, each 30 s, and a margin: an answer that comes after all that
    /// is still an answer, and is received.
    /// </summary>
    public TimeSpan ServiceTime { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>How often a service is asked, as it was wished; 0 where nobody said.</summary>
    public int RetryAttempts { get; init; }

    /// <summary>The wait before the second of these.</summary>
    public TimeSpan RetryBackoff { get; init; }

    /// <summary>The longest time between two looks; changes are seen at once where the host notifies of them.</summary>
    public TimeSpan Interval { get; init; } = UsualInterval;

    /// <summary>Whether a key is valid: its whole length is read from the files.</summary>
    public static bool IsKey(string key) => key.Length is > 0 and <= JsonFields.MaxWordChars && !key.Any(char.IsControl);
}
