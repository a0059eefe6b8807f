using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsManager.Contract.Service;

/// <summary>
/// The logs and reports of a loop: what <c>GET /ops/log</c> answers without a name (docs/contract.md, "Service"; additive).
/// </summary>
public sealed record LogList
{
    public bool Ok { get; init; } = true;

    public required string SchemaVersion { get; init; }

    public string? TraceId { get; init; }

    public required string LoopId { get; init; }

    public required IReadOnlyList<FileEntryRecord> Logs { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>The logs and reports that the service hands out, a part at a time.</summary>
public static class ServiceLogs
{
    /// <summary>Most bytes of one answer.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MaxNameLength = 500;

    private static readonly string[] Folders = ["logs", "last_messages"];
    private static readonly string[] Reports = [".md", ".txt", ".log"];

    /// <summary>
    /// Whether <paramref name="name"/> is that of a log or report, relative to the loop's directory: what stands in <c>logs</c>, at most
    /// one folder deeper, or in <c>last_messages</c>; and a text beside them.
    /// </summary>
    public static bool IsLog(string name)
    {
        var parts = name.Split('/');
        return name.Length <= MaxNameLength
            && parts.All(static part => part is not ("" or "." or ".."))
            && !name.Any(static one => char.IsControl(one) || one == '\\')
            && (parts.Length == 1
                ? Array.Exists(Reports, end => name.EndsWith(end, StringComparison.Ordinal))
                : parts.Length <= 3 && Folders.Contains(parts[0]));
    }
}
