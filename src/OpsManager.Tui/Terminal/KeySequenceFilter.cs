namespace OpsManager.Tui.Terminal;

/// <summary>
/// Makes key sequences harmless that the library cannot take: on <c>CSI number ~</c> with a number it does not know (F13 and up,
/// Home and End of rxvt) it throws. Those get another final character, which it swallows as an unknown answer.
/// </summary>
/// <remarks>Keeps its place between calls, because a sequence may arrive in pieces.</remarks>
internal sealed class KeySequenceFilter
{
    private enum Place
    {
        Ground,
        Escape,
        Sequence,
    }

    private Place place;
    private int number;
    private bool inFirstNumber;
    private bool onlyDigits;
    private bool plainParameters;

    /// <summary>Takes the next character and gives the one to pass on.</summary>
    public char Next(char character)
    {
        if (character == '\e')
        {
            place = Place.Escape;
            return character;
        }

        switch (place)
        {
            case Place.Escape:
                place = character == '[' ? Place.Sequence : Place.Ground;
                number = 0;
                inFirstNumber = true;
                onlyDigits = true;
                plainParameters = true;
                return character;

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
                return character == '~' && !IsKnown() ? 'x' : character;

            default:
                return character;
        }
    }

    private bool IsKnown() => number switch
    {
        (>= 1 and <= 6) or (>= 11 and <= 15) or (>= 17 and <= 21) or 23 or 24 => plainParameters,
        // Bracketed paste begins and ends with the bare number.
        200 or 201 => onlyDigits,
        _ => false,
    };
}
