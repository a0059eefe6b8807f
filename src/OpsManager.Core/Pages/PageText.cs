using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Core.Documents;

namespace OpsManager.Core.Pages;

/// <summary>Times, amounts and words as a report writes them. Times are UTC.</summary>
internal static class PageText
{
    public const string None = "";

    public static string Time(DateTimeOffset? at) =>
        at is { } time ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) : None;

    public static string Clock(DateTimeOffset? at) =>
        at is { } time ? time.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture) : None;

    /// <summary>A length of time: "4.2s" below a minute, "3m 20s", "2h 05m", "3d 4h".</summary>
    public static string Took(TimeSpan? time) => time switch
    {
        null => None,
        { TotalSeconds: < 60 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#}s"),
        { TotalMinutes: < 60 } span => string.Create(CultureInfo.InvariantCulture, $"{span.Minutes}m {span.Seconds:00}s"),
        { TotalHours: < 24 } span => string.Create(CultureInfo.InvariantCulture, $"{span.Hours}h {span.Minutes:00}m"),
        { } span => string.Create(CultureInfo.InvariantCulture, $"{span.Days}d {span.Hours}h"),
    };

    public static string Count(long? number) => number?.ToString("#,0", CultureInfo.InvariantCulture) ?? None;

    public static string Cost(decimal? dollars) => dollars?.ToString("0.00## 'USD'", CultureInfo.InvariantCulture) ?? None;

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The word for people.</summary>
    public static string Word(Lifecycle lifecycle) => lifecycle == Lifecycle.AwaitingApproval ? "waiting" : lifecycle.Word();

    public static Tone ToneOf(Lifecycle lifecycle) => lifecycle switch
    {
        Lifecycle.Complete => Tone.Good,
        Lifecycle.Running => Tone.Busy,
        Lifecycle.AwaitingApproval => Tone.Waiting,
        Lifecycle.Failed or Lifecycle.Stopped => Tone.Bad,
        _ => Tone.Muted,
    };

    /// <summary>Of a word that a role, a gate or a decision ended with.</summary>
    public static Tone ToneOf(string? word) => word switch
    {
        "ok" or "true" or DecisionWords.Approved => Tone.Good,
        "failed" or "false" or EventStatuses.Error or EventStatuses.Timeout or EventStatuses.Blocked or EventStatuses.RateLimited
            or DecisionWords.Rejected => Tone.Bad,
        DecisionWords.Pending or "remaining" or OutcomeWords.Unknown => Tone.Waiting,
        "skipped" or "none" or "n/a" => Tone.Muted,
        _ => Tone.Plain,
    };
}
