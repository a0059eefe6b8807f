namespace OpsManager.Tui.Terminal.Input;

/// <summary>What the mouse did.</summary>
internal enum MouseKind
{
    /// <summary>The left button went down.</summary>
    Press,

    /// <summary>The mouse moved while the left button was down.</summary>
    Drag,

    WheelUp,
    WheelDown,
}

/// <summary>One report of the mouse.</summary>
/// <param name="Row">From 0, at the top.</param>
/// <param name="Column">From 0, at the left.</param>
internal readonly record struct MouseReport(int Row, int Column, MouseKind Kind)
{
    /// <summary>No terminal is larger; what says so is no report.</summary>
    private const int Max = 4096;

    private const int Drag = 32;

    /// <summary>
    /// Reads a report in the form of mode 1006, <c>ESC [ &lt; button ; column ; row M</c>, between the <c>&lt;</c> and the final
    /// character.
    /// </summary>
    /// <param name="text">Three numbers from 0, with semicolons between them.</param>
    /// <param name="final">M for a button that goes down or a movement, m for one that is let go.</param>
    /// <returns>Null for buttons and movements that mean nothing here, and for what cannot be one.</returns>
    public static MouseReport? Read(ReadOnlySpan<char> text, char final)
    {
        Span<int> numbers = stackalloc int[3];
        var count = 0;
        foreach (var range in text.Split(';'))
        {
            if (count == numbers.Length || Number(text[range]) is not { } number)
            {
                return null;
            }

            numbers[count++] = number;
        }

        if (count < numbers.Length || final != 'M' || numbers[1] is 0 or > Max || numbers[2] is 0 or > Max)
        {
            return null;
        }

        // With Shift, Alt or Ctrl it is the terminal's own.
        MouseKind? kind = numbers[0] switch
        {
            0 => MouseKind.Press,
            Drag => MouseKind.Drag,
            64 => MouseKind.WheelUp,
            65 => MouseKind.WheelDown,
            _ => null,
        };
        return kind is { } known ? new(numbers[2] - 1, numbers[1] - 1, known) : null;
    }

    private static int? Number(ReadOnlySpan<char> digits)
    {
        if (digits.Length is 0 or > 5)
        {
            return null;
        }

        var number = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '9')
            {
                return null;
            }

            number = (number * 10) + digit - '0';
        }

        return number;
    }
}
