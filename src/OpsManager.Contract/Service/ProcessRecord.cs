using System.Text.Json.Serialization;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Service;

/// <summary>What the service's host says of the process that claims, or last claimed, a loop: <c>process</c> beside a snapshot (additive).</summary>
/// <param name="Pid">The number that active-run.json names or last named.</param>
/// <param name="Fate">Whether it lives.</param>
/// <param name="Fact">In words.</param>
/// <param name="Started">When it started, in the kernel's ticks since boot; null where it is gone before it was seen, or the host does not say.</param>
public sealed record ProcessRecord(int Pid, ProcessFateWord Fate, string Fact, ulong? Started);

/// <summary>What a host can say of a process.</summary>
[JsonConverter(typeof(WordConverter<ProcessFateWord>))]
public enum ProcessFateWord
{
    [JsonStringEnumMemberName("not_observable")] NotObservable,
    [JsonStringEnumMemberName("alive")] Alive,
    [JsonStringEnumMemberName("gone")] Gone,
}
