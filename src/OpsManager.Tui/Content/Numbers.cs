using System.Globalization;

namespace OpsManager.Tui.Content;

/// <summary>Numbers as the screen writes them.</summary>
internal static class Numbers
{
    /// <summary>"1,204".</summary>
    public static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"950", "12.3k", "4.56M": four significant places at most.</summary>
    public static string Short(long value) => value switch
    {
        < 10_000 => value.ToString(CultureInfo.InvariantCulture),
        < 1_000_000 => (value / 1000d).ToString("0.#", CultureInfo.InvariantCulture) + "k",
        _ => (value / 1_000_000d).ToString("0.##", CultureInfo.InvariantCulture) + "M",
    };

    /// <summary>"812 B", "4.1 KiB", "2.0 MiB".</summary>
    public static string Bytes(long value) => value switch
    {
        < 1024 => $"{value.ToString(CultureInfo.InvariantCulture)} B",
        < 1024 * 1024 => (value / 1024d).ToString("0.0", CultureInfo.InvariantCulture) + " KiB",
        _ => (value / (1024d * 1024)).ToString("0.0", CultureInfo.InvariantCulture) + " MiB",
    };

    /// <summary>"$0.42".</summary>
    public static string Dollars(double value) =>
        "$" + value.ToString(value is > 0 and < 0.01 ? "0.0000" : "0.00", CultureInfo.InvariantCulture);

    /// <summary>"1 run", "4 runs".</summary>
    public static string Count(long value, string one, string many) => value == 1 ? $"1 {one}" : $"{Whole(value)} {many}";
}
