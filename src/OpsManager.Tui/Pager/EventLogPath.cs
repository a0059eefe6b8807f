using System.Text;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Sources.Local;

namespace OpsManager.Tui.Pager;

/// <summary>The log that an event names: the file that its data leads to, or where the runtime keeps it.</summary>
internal static class EventLogPath
{
    /// <summary>Fields of <c>data</c> that name what was written, the most telling first.</summary>
    private static readonly string[] Fields =
        ["log_file", "output_file", "results_file", "evidence_file", "report_file", "last_message_file"];

    /// <summary>Relative to the repository; null where the event names none.</summary>
    /// <param name="raw">The line as it stands in the log.</param>
    public static string? From(string raw, string loop)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonText.Mend(Encoding.UTF8.GetBytes(raw)));
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var name = Word(root, "event") ?? Word(root, "type") ?? "";
            if (root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
                && Fields.Select(field => Inside(Word(data, field), loop)).FirstOrDefault(static path => path is not null) is { } named)
            {
                return named;
            }

            return name.StartsWith("tests_", StringComparison.Ordinal) ? RunLogs.TestsOf(loop)
                : name.StartsWith("role_", StringComparison.Ordinal) && Word(root, "role") is { } role && IsPlain(role)
                    && root.TryGetProperty("iteration", out var number) && number.ValueKind == JsonValueKind.Number
                    && number.TryGetInt64(out var iteration) ? RunLogs.PathOf(loop, iteration, role)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether an event names a log, as far as its words tell.</summary>
    public static bool IsNamedBy(EventLine line) =>
        line.Name.StartsWith("tests_", StringComparison.Ordinal) || line.Name.StartsWith("role_", StringComparison.Ordinal)
        || Fields.Any(field => line.Text.Contains($"{field}=", StringComparison.Ordinal));

    private static string? Word(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A path of the loop's directory, from wherever the runtime names it; null where it leads elsewhere.</summary>
    private static string? Inside(string? path, string loop)
    {
        var folder = ArtifactPaths.Loop(loop) + "/";
        return path?.IndexOf(folder, StringComparison.Ordinal) is >= 0 and var at
            && (at == 0 || path[at - 1] == '/')
            && path[at..].Split('/').All(static name => name is not ("" or "." or ".."))
            ? path[at..]
            : null;
    }

    private static bool IsPlain(string role) =>
        role.Length > 0 && role.All(static one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_');
}
