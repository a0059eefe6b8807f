using System.Globalization;

namespace OpsManager.Tui.Terminal.Input;

/// <summary>
/// Reads keys character by character and passes each on when it is whole. Reports of modes that another program left on are dropped.
/// It has no clock: <see cref="KeySequenceAssembler"/> says what came together and what came too late.
/// </summary>
/// <param name="filter">Everything that is passed on goes through it. What is pasted passes as it is.</param>
/// <param name="mouse">Told what the mouse did; null where nobody wants to know. Its reports are never passed on.</param>
internal sealed class KeySequenceParser(KeySequenceFilter filter, Action<MouseReport>? mouse = null)
{
    private const int OldMouseCharacters = 3;

    private readonly HeldSequence held = new();
    private int mouseLeft;

    /// <summary>ESC and what came next arrived as one stroke, not as Esc and another key.</summary>
    private bool oneStroke;

    /// <summary>The last thing passed on was an Esc whose rest may still come.</summary>
    private bool escapeGivenUp;

    /// <summary>The beginning of a key is held, and the rest may come.</summary>
    public bool IsHolding => held.Place != SequencePlace.Ground && !held.IsDropped;

    /// <summary>What comes now has nothing to do with what was given up: so much time has passed.</summary>
    public void ForgetGivenUp()
    {
        escapeGivenUp = false;
        if (held.IsDropped)
        {
            held.Reset();
        }
    }

    /// <summary>Nothing came in time: what is held was Esc alone, or will never be whole.</summary>
    public void GiveUp(List<char> ready)
    {
        switch (held.Place)
        {
            case SequencePlace.Escape:
                Pass(CsiU.Escape, ready);
                held.Reset();
                escapeGivenUp = true;
                break;

            case SequencePlace.SingleShift when held.Count == 2:
                Pass(CsiU.Alt(held[1]), ready);
                held.Drop();
                break;

            case SequencePlace.String when held.Count == 2:
                Pass(CsiU.Alt(held[1]), ready);
                held.Reset();
                break;

            case SequencePlace.LateOpening:
                // Esc and then this key, by hand.
                filter.PassTo(held[0], ready);
                held.Reset();
                break;

            case SequencePlace.Sequence when held.Count == 2 && !oneStroke:
                Pass(CsiU.Escape, ready);
                held.Drop();
                break;

            case SequencePlace.Ground:
                break;

            default:
                held.Drop();
                break;
        }
    }

    /// <summary>Takes the next character, and adds to <paramref name="ready"/> what can be passed on.</summary>
    /// <param name="together">It came so soon after the one before that both may be one stroke.</param>
    /// <param name="following">What was read right behind it; null where nothing was.</param>
    public void Next(char character, bool together, char? following, List<char> ready)
    {
        if (filter.IsPasting)
        {
            held.Reset();
            filter.PassTo(character, ready);
            return;
        }

        var late = escapeGivenUp;
        escapeGivenUp = false;
        switch (held.Place)
        {
            case SequencePlace.Ground when character == '\e':
                held.Begin();
                break;

            case SequencePlace.Ground when late && character is '[' or 'O':
                held.Go(SequencePlace.LateOpening, character);
                break;

            case SequencePlace.Ground:
                filter.PassTo(character, ready);
                break;

            case SequencePlace.LateOpening:
                GoOnLate(character, following, ready);
                break;

            case SequencePlace.Escape:
                AfterEscape(character, together, following, ready);
                break;

            case SequencePlace.SingleShift when character is (>= '0' and <= '9') or ';':
                // With modifiers, in the form of old terminals.
                held.Hold(character);
                break;

            case SequencePlace.SingleShift:
                EndSingleShift(character, together, following, ready);
                break;

            case SequencePlace.Sequence:
                GoOn(character, following, ready);
                break;

            case SequencePlace.LinuxFunction:
                if (!held.IsDropped && character is >= 'A' and <= 'E')
                {
                    Pass(string.Create(CultureInfo.InvariantCulture, $"\e[{character - 'A' + 11}~"), ready);
                }

                held.Reset();
                break;

            case SequencePlace.OldMouse when character >= ' ':
                if (--mouseLeft == 0)
                {
                    held.Reset();
                }

                break;

            case SequencePlace.StringEscape when character != '\\':
                held.Begin();
                AfterEscape(character, true, following, ready);
                break;

            case SequencePlace.String when character == '\e':
                held.Go(SequencePlace.StringEscape);
                break;

            case SequencePlace.String when character is >= ' ' and not '\u009C':
                held.Hold(character);
                break;

            case SequencePlace.String when character is '\a' or '\u009C':
            case SequencePlace.StringEscape:
                held.Reset();
                break;

            default:
                // A control character, or ESC, in the middle: the sequence has broken off.
                held.Reset();
                Next(character, together, following, ready);
                break;
        }
    }

    private void AfterEscape(char character, bool together, char? following, List<char> ready)
    {
        oneStroke = together;
        switch (character)
        {
            case '[':
                held.Go(SequencePlace.Sequence, character);
                break;

            case 'O':
                held.Go(SequencePlace.SingleShift, character);
                break;

            case ']' or '^' or '_':
            // Without more behind it, it is Alt with a letter.
            case 'P' when following is (>= '0' and <= '9') or '>' or '+' or '$' or '!' or '|':
                held.Go(SequencePlace.String, character);
                break;

            case '\e':
                Pass(CsiU.Escape, ready);
                held.Begin();
                break;

            default:
                held.Reset();
                Pass(together ? AltKeys.Rewrite(character) ?? $"\e{character}" : $"{CsiU.Escape}{character}", ready);
                break;
        }
    }

    private void EndSingleShift(char character, bool together, char? following, List<char> ready)
    {
        var (swallow, isFinal) = (held.IsDropped || held.Count > 2, character is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'));
        held.Reset();
        if (isFinal)
        {
            Pass(swallow ? "" : $"\eO{character}", ready);
            return;
        }

        Pass(swallow ? "" : CsiU.Alt('O'), ready);
        Next(character, together, following, ready);
    }

    private void GoOn(char character, char? following, List<char> ready)
    {
        switch (character)
        {
            case >= ' ' and <= '?':
                held.Hold(character);
                break;

            case '[' when held.Count == 2:
                held.Go(SequencePlace.LinuxFunction, character);
                break;

            case 'M' when held.Count == 2:
                held.Go(SequencePlace.OldMouse);
                held.Drop();
                mouseLeft = OldMouseCharacters;
                break;

            case >= '@' and <= '~':
                EndSequence(character, ready);
                break;

            default:
                held.Reset();
                Next(character, true, following, ready);
                break;
        }
    }

    private void EndSequence(char final, List<char> ready)
    {
        if (!held.IsDropped && held.IsMouseReport(final))
        {
            if (held.ReadMouse(final) is { } report)
            {
                mouse?.Invoke(report);
            }
        }
        else if (!held.IsDropped && !IsStrayReport(final))
        {
            for (var index = 0; index < held.Count; index++)
            {
                filter.PassTo(held[index], ready);
            }

            filter.PassTo(final, ready);
        }

        held.Reset();
    }

    /// <summary>"[" or "O" came after an Esc that was given up, and this came on its heels: they are the rest of a sequence.</summary>
    private void GoOnLate(char character, char? following, List<char> ready)
    {
        var opening = held[0];
        held.Begin();
        if (opening == '[')
        {
            held.Go(SequencePlace.Sequence, opening);
            held.Drop();
            GoOn(character, following, ready);
            return;
        }

        held.Reset();
        // Cursor keys, Home, End and F1 to F4; anything else was typed.
        if (character is not ((>= 'A' and <= 'F') or 'H' or (>= 'P' and <= 'S')))
        {
            filter.PassTo(opening, ready);
            Next(character, true, following, ready);
        }
    }

    /// <summary>Focus in and out (mode 1004) and the mouse in the form of mode 1015. No key ends so.</summary>
    private bool IsStrayReport(char final) => (held.Count == 2 && final is 'I' or 'O') || (final == 'M' && held[2] != '<');

    private void Pass(string characters, List<char> ready)
    {
        foreach (var character in characters)
        {
            filter.PassTo(character, ready);
        }
    }
}
