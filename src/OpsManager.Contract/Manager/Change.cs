using System.Text.Json.Serialization;

namespace OpsManager.Contract.Manager;

/// <summary>
/// Something of a loop that an operator wants to know: a new lifecycle, an alert that came or went, another health.
/// </summary>
/// <param name="Kind"><c>lifecycle</c>, <c>finding</c>, <c>cleared</c>, <c>health</c>, <c>source</c> or <c>gone</c>.</param>
/// <param name="What">The word or code.</param>
/// <param name="Why">The rule or the evidence.</param>
public sealed record Change(DateTimeOffset At, string Repo, string Loop, string Kind, string What, string Why)
{
    /// <summary>
    /// Of a lifecycle, the word for people where it is not <see cref="What"/>, such as <c>paused</c>; absent where it is.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Display { get; init; }

    /// <summary>Of a finding; absent elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Severity? Severity { get; init; }
}
