namespace OpsManager.Tui.Confirm;

/// <summary>
/// Digits that nobody types by habit: they differ each time, and no two neighbours are the same, so that no held key makes them.
/// </summary>
internal static class CancelCode
{
    private const int Length = 4;

    public static string Of(TimeSpan uptime, string loop)
    {
        var name = loop.Aggregate(17, static (sum, letter) => unchecked((sum * 31) + letter));
        var seed = unchecked((uint)((uptime.Ticks * 2654435761L) ^ name));
        var digits = new char[Length];
        for (var i = 0; i < Length; i++)
        {
            seed = unchecked((seed * 1664525) + 1013904223);
            var digit = (char)('0' + (seed >> 16) % 10);
            digits[i] = i > 0 && digit == digits[i - 1] ? (char)('0' + (digit - '0' + 1) % 10) : digit;
        }

        return new string(digits);
    }
}
