using System.Globalization;

namespace OpsManager.Core.Compare;

/// <summary>Numbers of a comparison with their units.</summary>
internal static class NumberText
{
    private const string None = "-";

    public static string What(NumberKind kind) => kind switch
    {
        NumberKind.Duration => "duration",
        NumberKind.InputTokens => "input tokens",
        NumberKind.OutputTokens => "output tokens",
        NumberKind.CachedTokens => "cached tokens",
        _ => "cost",
    };

    public static string Amount(NumberKind kind, decimal? amount) => (kind, amount) switch
    {
        (_, null) => None,
        (NumberKind.Duration, { } seconds) => Duration(TimeSpan.FromSeconds((double)seconds)),
        (NumberKind.Cost, { } dollars) => dollars.ToString("0.00## 'USD'", CultureInfo.InvariantCulture),
        (_, { } count) => count.ToString("#,0", CultureInfo.InvariantCulture),
    };

    /// <summary>From A to B, such as "+12s" or "-3%"; empty where one side does not say.</summary>
    public static string Change(NumberDifference number)
    {
        if (number is not { A: { } a, B: { } b })
        {
            return "";
        }

        var sign = b >= a ? "+" : "-";
        var part = a > 0 ? Math.Abs(b - a) / a : 0;
        var share = part is > 0 and < 100 ? $" ({sign}{part.ToString(part < 0.01m ? "0.0%" : "0%", CultureInfo.InvariantCulture)})" : "";
        return $"{sign}{Amount(number.Kind, Math.Abs(b - a))}{share}";
    }

    private static string Duration(TimeSpan time) => time switch
    {
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}h{time.Minutes:00}m"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}m{time.Seconds:00}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#}s"),
    };
}
