using System.Text.Json.Serialization;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Service;

/// <summary>
/// What the service's host says of the process that claims, or last claimed, a loop: <c>process</c> beside a snapshot
/// (additive).
/// </summary>
/// <param name="Pid">The number that active-run.json names or last named.</param>
/// <param name="Fate">Whether it lives.</param>
/// <param name="Fact">In words.</param>
/// <param name="Started">When it started, in the kernel's ticks since boot; null where it is gone before it was seen, or the
/// host does not say.</param>
public sealed record ProcessRecord(int Pid, ProcessFateWord Fate, string Fact, ulong? Started)
{
    /// <summary>How it is held still; absent where it is at work.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProcessState? State { get; init; }

    /// <summary>
    /// Of a claim that is not ours: it was written among other processes than those of the service's host; absent where that is not
    /// so.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsElsewhere { get; init; }
}

/// <summary>
/// What a search of the service's host for the process of a run that nothing claims has found: <c>runSearch</c> beside a snapshot
/// (additive).
/// </summary>
/// <param name="Fate">alive: found. gone: there is none. The others: unknown.</param>
/// <param name="Fact">In words.</param>
public sealed record RunSearchRecord(ProcessFateWord Fate, string Fact)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Pid { get; init; }

    /// <summary>When it started, in the kernel's ticks since boot.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ulong? Started { get; init; }

    /// <summary>The same by the clock of its host.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <inheritdoc cref="ProcessRecord.State"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProcessState? State { get; init; }
}

/// <summary>What a host can say of a process.</summary>
[JsonConverter(typeof(WordConverter<ProcessFateWord>))]
public enum ProcessFateWord
{
    [JsonStringEnumMemberName("not_observable")] NotObservable,
    [JsonStringEnumMemberName("alive")] Alive,
    [JsonStringEnumMemberName("gone")] Gone,
    [JsonStringEnumMemberName("unreadable")] Unreadable,
    [JsonStringEnumMemberName("not_ours")] NotOurs,
}
