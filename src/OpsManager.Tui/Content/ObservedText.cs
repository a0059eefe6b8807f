using System.Globalization;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Timeline;

namespace OpsManager.Tui.Content;

/// <summary>A row of ours in words.</summary>
internal static class ObservedText
{
    /// <summary>What marks a row of ours in the timeline: ASCII, so that it is the same on every terminal.</summary>
    public const string Mark = "--";

    /// <summary>As it is in the timeline, behind the time.</summary>
    public static string InTimeline(ObservedRow row) => $"{Mark} {row.Fact} {Mark}";

    /// <summary>One line, for the clipboard.</summary>
    public static string Line(LoopModel loop, ObservedRow row) => $"{Time(row)} {row.Kind.Word()} {loop.Id}: {row.Fact}";

    /// <summary>All of it, where a line of the log would be shown as it is in the file.</summary>
    public static IReadOnlyList<string> Page(ObservedRow row) =>
    [
        row.Fact,
        "",
        $"seen       {Time(row)}",
        $"kind       {row.Kind.Word()}",
        .. row.Iteration is { } iteration ? (string[])[$"iteration  {iteration.ToString(CultureInfo.InvariantCulture)}"] : [],
        "",
        "ops-manager observed this itself.",
        "It is not in events.jsonl, so there is no raw line to show.",
    ];

    private static string Time(ObservedRow row) => row.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
