using System.Text.Json.Serialization;
using OpsManager.Contract.Json;

namespace OpsManager.Contract;

/// <summary>Whether a process that exists is at work or held still (docs/contract.md, "Tapes": <c>state</c> of a process).</summary>
[JsonConverter(typeof(WordConverter<ProcessState>))]
public enum ProcessState
{
    [JsonStringEnumMemberName("running")] Running,

    /// <summary>By a signal, as after <c>kill -STOP</c> or Ctrl+Z, or by a debugger.</summary>
    [JsonStringEnumMemberName("stopped")] Stopped,

    /// <summary>By the freezer of its control group, as after <c>docker pause</c>.</summary>
    [JsonStringEnumMemberName("frozen")] Frozen,
}

/// <summary>The words as they are written in files.</summary>
public static class ProcessStateWords
{
    public static string Word(this ProcessState state) => state switch
    {
        ProcessState.Stopped => "stopped",
        ProcessState.Frozen => "frozen",
        _ => "running",
    };

    /// <summary>Reads one of the three words; false for any other text.</summary>
    public static bool TryParse(string? word, out ProcessState state)
    {
        state = word switch
        {
            "stopped" => ProcessState.Stopped,
            "frozen" => ProcessState.Frozen,
            _ => ProcessState.Running,
        };
        return word == state.Word();
    }
}
