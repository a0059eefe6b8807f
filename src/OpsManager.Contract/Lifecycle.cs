using System.Text.Json.Serialization;
using OpsManager.Contract.Json;

namespace OpsManager.Contract;

/// <summary>The seven words for the state of a loop's current run (docs/contract.md, "Contract status").</summary>
[JsonConverter(typeof(WordConverter<Lifecycle>))]
public enum Lifecycle
{
    /// <summary>Nothing decides it; said as such, never guessed.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,

    /// <summary>No run is at work and none ended in a way that needs a word of its own.</summary>
    [JsonStringEnumMemberName("idle")] Idle,

    /// <summary>A run is at work, or its process lives and waits.</summary>
    [JsonStringEnumMemberName("running")] Running,

    /// <summary>A person has to decide before the loop can go on.</summary>
    [JsonStringEnumMemberName("awaiting_approval")] AwaitingApproval,

    /// <summary>The current run kept its promise and every gate passed.</summary>
    [JsonStringEnumMemberName("complete")] Complete,

    /// <summary>The run ended by a rule or by an operator, without completing.</summary>
    [JsonStringEnumMemberName("stopped")] Stopped,

    /// <summary>The run died or broke.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}

/// <summary>The words as they are written in files and on screen.</summary>
public static class LifecycleWords
{
    private static readonly string[] Words = ["unknown", "idle", "running", "awaiting_approval", "complete", "stopped", "failed"];

    /// <summary>The contract's word for <paramref name="lifecycle"/>.</summary>
    public static string Word(this Lifecycle lifecycle) => Words[(int)lifecycle];

    /// <summary>Reads one of the seven words; false for any other text.</summary>
    public static bool TryParse(string? word, out Lifecycle lifecycle)
    {
        var index = Array.IndexOf(Words, word);
        lifecycle = index < 0 ? Lifecycle.Unknown : (Lifecycle)index;
        return index >= 0;
    }
}
