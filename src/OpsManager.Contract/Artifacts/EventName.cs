using System.Text.Json;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Artifacts;

/// <summary>An event's name: <c>event</c>, or <c>type</c> where some writers put it (docs/contract.md, "Runtime artifacts").</summary>
public static class EventName
{
    public static string? Parse(JsonElement line) => NotEmpty(line.Text("event")) ?? NotEmpty(line.Text("type"));

    private static string? NotEmpty(string? text) => text is { Length: > 0 } ? text : null;
}
