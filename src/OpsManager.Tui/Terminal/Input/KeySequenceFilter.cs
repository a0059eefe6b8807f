namespace OpsManager.Tui.Terminal.Input;

/// <summary>
/// Makes key sequences harmless that the library cannot take: on <c>CSI number ~</c> with a number it does not know (F13 and up,
/// Home and End of rxvt), on <c>SS3 O</c>, and on the end of a paste that did not begin, it throws. Those get another final character,
/// which it swallows as an unknown answer. What is pasted passes as it is.
/// </summary>
/// <remarks>Keeps its place between calls, because a sequence may arrive in pieces.</remarks>
internal sealed class KeySequenceFilter
{
    private enum Place
    {
        Ground,
        Escape,
        SingleShift,
        Sequence,
    }

    // The library gives up a paste that stalls for five seconds, and then its end is one that did not begin.
    private static readonly TimeSpan StalledPaste = TimeSpan.FromSeconds(4.5);

    private readonly TimeProvider time;
    private long lastPasted;
    private bool pasting;
    private Place place;
    private int number;
    private bool inFirstNumber;
    private bool onlyDigits;
    private bool plainParameters;

    /// <param name="time">Clock for stalled pastes; null is the system's.</param>
    public KeySequenceFilter(TimeProvider? time = null) => this.time = time ?? TimeProvider.System;

    /// <summary>Whether what arrives now is being pasted.</summary>
    public bool IsPasting => pasting && time.GetElapsedTime(lastPasted) < StalledPaste;

    /// <summary>As <see cref="Next"/>, with what it gives added to <paramref name="ready"/>.</summary>
    public void PassTo(char character, List<char> ready) => ready.Add(Next(character));

    /// <summary>Takes the next character and gives the one to pass on.</summary>
    public char Next(char character)
    {
        if (pasting)
        {
            pasting = time.GetElapsedTime(lastPasted) < StalledPaste;
            lastPasted = time.GetTimestamp();
        }

        if (character == '\e')
        {
            place = Place.Escape;
            return character;
        }

        switch (place)
        {
            case Place.Escape:
                place = character switch { '[' => Place.Sequence, 'O' => Place.SingleShift, _ => Place.Ground };
                number = 0;
                inFirstNumber = true;
                onlyDigits = true;
                plainParameters = true;
                return character;

            case Place.SingleShift:
                place = Place.Ground;
                return character == 'O' && !pasting ? 'E' : character;

            case Place.Sequence when character is >= '0' and <= '9':
                if (inFirstNumber)
                {
                    // Saturates: no known number has more than three digits.
                    number = Math.Min(9999, (number * 10) + character - '0');
                }

                return character;

            case Place.Sequence when character is >= ' ' and <= '?':
                inFirstNumber = false;
                onlyDigits = false;
                plainParameters &= character is ';' or ':';
                return character;

            case Place.Sequence:
                place = Place.Ground;
                return character == '~' && !TakeFinal() ? 'x' : character;

            default:
                return character;
        }
    }

    /// <summary>Whether the sequence that "~" completes may pass.</summary>
    private bool TakeFinal()
    {
        if (pasting)
        {
            pasting = !(onlyDigits && number == 201);
            return true;
        }

        if (onlyDigits && number == 200)
        {
            pasting = true;
            lastPasted = time.GetTimestamp();
            return true;
        }

        return plainParameters && (number is (>= 1 and <= 6) or (>= 11 and <= 15) or (>= 17 and <= 21) or 23 or 24);
    }
}
