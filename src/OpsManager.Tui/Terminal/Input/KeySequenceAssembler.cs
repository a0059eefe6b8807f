using System.Globalization;

namespace OpsManager.Tui.Terminal.Input;

/// <summary>
/// Passes keys on whole: a sequence that a slow link tears is held until the rest has come. What does not come in time never acts as
/// letters, and neither does a rest that comes later. Reports of modes that another program left on are dropped.
/// </summary>
/// <remarks>Not thread-safe: the input thread alone uses it. What is pasted passes as it is.</remarks>
internal sealed class KeySequenceAssembler
{
    private enum Place
    {
        Ground,
        Escape,
        SingleShift,
        Sequence,
        LinuxFunction,
        OldMouse,
        String,
        StringEscape,
        LateOpening,
    }

    // No key is as long; a longer one is swallowed to its end.
    private const int MaxHeld = 64;

    private const int OldMouseCharacters = 3;

    /// <summary>Esc in the form of CSI u: the library takes it at once, and does not wait for more as it does after the plain one.</summary>
    private const string EscapeKey = "\e[27u";

    private static readonly TimeSpan MinTail = TimeSpan.FromSeconds(1);

    // A hand needs longer from Esc to the next key; Alt with a key is torn seldom.
    private static readonly TimeSpan MaxAltWait = TimeSpan.FromMilliseconds(60);

    private readonly KeySequenceFilter filter;
    private readonly TimeProvider time;
    private readonly TimeSpan wait;
    private readonly TimeSpan altWait;
    private readonly TimeSpan tail;
    private readonly List<char> held = [];
    private Place place;
    private long lastArrival;
    private int mouseLeft;

    /// <summary>What is held belongs to something that was given up: it is swallowed to its end.</summary>
    private bool dropping;

    /// <summary>ESC and what came next arrived as one stroke, not as Esc and another key.</summary>
    private bool oneStroke;

    /// <summary>The last thing passed on was an Esc whose rest may still come.</summary>
    private bool escapeGivenUp;

    /// <param name="wait">How long the rest of a sequence may take; a lone Esc acts after that.</param>
    /// <param name="time">Clock; null is the system's.</param>
    public KeySequenceAssembler(TimeSpan wait, TimeProvider? time = null)
    {
        this.time = time ?? TimeProvider.System;
        this.wait = wait;
        altWait = wait < MaxAltWait ? wait : MaxAltWait;
        tail = wait * 10 > MinTail ? wait * 10 : MinTail;
        filter = new KeySequenceFilter(this.time);
    }

    /// <summary>How long to wait for more before <see cref="GiveUp"/>; null where nothing is held.</summary>
    public TimeSpan? Left => place == Place.Ground || dropping ? null
        : time.GetElapsedTime(lastArrival) is var passed && passed < wait ? wait - passed : TimeSpan.Zero;

    /// <summary>Takes what was read at once, and adds to <paramref name="ready"/> what can be passed on.</summary>
    public void Take(ReadOnlySpan<char> read, List<char> ready)
    {
        if (read.IsEmpty)
        {
            return;
        }

        var since = time.GetElapsedTime(lastArrival);
        lastArrival = time.GetTimestamp();
        if (since > tail)
        {
            escapeGivenUp = false;
            if (dropping)
            {
                Reset();
            }
        }

        var together = since <= altWait;
        for (var index = 0; index < read.Length; index++)
        {
            Next(read[index], together, index + 1 < read.Length ? read[index + 1] : null, ready);
            together = true;
        }
    }

    /// <summary>Nothing came in time: what is held was Esc alone, or will never be whole.</summary>
    public void GiveUp(List<char> ready)
    {
        switch (place)
        {
            case Place.Escape:
                Pass(EscapeKey, ready);
                Reset();
                escapeGivenUp = true;
                break;

            case Place.SingleShift when held.Count == 2:
                Pass(Alt(held[1]), ready);
                dropping = true;
                break;

            case Place.String when held.Count == 2:
                Pass(Alt(held[1]), ready);
                Reset();
                break;

            case Place.LateOpening:
                // Esc and then this key, by hand.
                filter.PassTo(held[0], ready);
                Reset();
                break;

            case Place.Sequence when held.Count == 2 && !oneStroke:
                Pass(EscapeKey, ready);
                dropping = true;
                break;

            default:
                dropping = place != Place.Ground;
                break;
        }
    }

    private void Next(char character, bool together, char? following, List<char> ready)
    {
        if (filter.IsPasting)
        {
            Reset();
            filter.PassTo(character, ready);
            return;
        }

        var late = escapeGivenUp;
        escapeGivenUp = false;
        switch (place)
        {
            case Place.Ground when character == '\e':
                Begin();
                break;

            case Place.Ground when late && character is '[' or 'O':
                place = Place.LateOpening;
                held.Add(character);
                break;

            case Place.Ground:
                filter.PassTo(character, ready);
                break;

            case Place.LateOpening:
                GoOnLate(character, following, ready);
                break;

            case Place.Escape:
                AfterEscape(character, together, following, ready);
                break;

            case Place.SingleShift when character is (>= '0' and <= '9') or ';':
                // With modifiers, in the form of old terminals.
                Hold(character);
                break;

            case Place.SingleShift:
                EndSingleShift(character, together, following, ready);
                break;

            case Place.Sequence:
                GoOn(character, following, ready);
                break;

            case Place.LinuxFunction:
                // The Linux console's F1 to F5.
                if (!dropping && character is >= 'A' and <= 'E')
                {
                    Pass(string.Create(CultureInfo.InvariantCulture, $"\e[{character - 'A' + 11}~"), ready);
                }

                Reset();
                break;

            case Place.OldMouse when character >= ' ':
                if (--mouseLeft == 0)
                {
                    Reset();
                }

                break;

            case Place.StringEscape when character != '\\':
                Begin();
                AfterEscape(character, true, following, ready);
                break;

            case Place.String when character == '\e':
                place = Place.StringEscape;
                break;

            case Place.String when character is >= ' ' and not '\u009C':
                Hold(character);
                break;

            case Place.String when character is '\a' or '\u009C':
            case Place.StringEscape:
                Reset();
                break;

            default:
                // A control character, or ESC, in the middle: the sequence has broken off.
                Reset();
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
                Go(Place.Sequence, character);
                break;

            case 'O':
                Go(Place.SingleShift, character);
                break;

            case ']' or '^' or '_':
            // Without more behind it, it is Alt with a letter.
            case 'P' when following is (>= '0' and <= '9') or '>' or '+' or '$' or '!' or '|':
                Go(Place.String, character);
                break;

            case '\e':
                Pass(EscapeKey, ready);
                Begin();
                break;

            default:
                Reset();
                Pass(together ? AltKeys.Rewrite(character) ?? $"\e{character}" : $"{EscapeKey}{character}", ready);
                break;
        }
    }

    private void EndSingleShift(char character, bool together, char? following, List<char> ready)
    {
        var (swallow, isFinal) = (dropping || held.Count > 2, character is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'));
        Reset();
        if (isFinal)
        {
            Pass(swallow ? "" : $"\eO{character}", ready);
            return;
        }

        Pass(swallow ? "" : Alt('O'), ready);
        Next(character, together, following, ready);
    }

    private void GoOn(char character, char? following, List<char> ready)
    {
        switch (character)
        {
            case >= ' ' and <= '?':
                Hold(character);
                break;

            case '[' when held.Count == 2:
                Go(Place.LinuxFunction, character);
                break;

            case 'M' when held.Count == 2:
                (place, dropping, mouseLeft) = (Place.OldMouse, true, OldMouseCharacters);
                break;

            case >= '@' and <= '~':
                if (!dropping && !IsStrayReport(character))
                {
                    held.Add(character);
                    held.ForEach(one => filter.PassTo(one, ready));
                }

                Reset();
                break;

            default:
                Reset();
                Next(character, true, following, ready);
                break;
        }
    }

    /// <summary>"[" or "O" came after an Esc that was given up, and this came on its heels: they are the rest of a sequence.</summary>
    private void GoOnLate(char character, char? following, List<char> ready)
    {
        var opening = held[0];
        Begin();
        if (opening == '[')
        {
            Go(Place.Sequence, opening);
            dropping = true;
            GoOn(character, following, ready);
            return;
        }

        Reset();
        // Cursor keys, Home, End and F1 to F4; anything else was typed.
        if (character is not ((>= 'A' and <= 'F') or 'H' or (>= 'P' and <= 'S')))
        {
            filter.PassTo(opening, ready);
            Next(character, true, following, ready);
        }
    }

    /// <summary>Focus in and out (mode 1004) and the mouse in the form of mode 1015. No key ends so.</summary>
    private bool IsStrayReport(char final) => (held.Count == 2 && final is 'I' or 'O') || (final == 'M' && held[2] != '<');

    private void Begin()
    {
        Reset();
        Go(Place.Escape, '\e');
    }

    private void Go(Place to, char character)
    {
        place = to;
        held.Add(character);
    }

    private void Hold(char character)
    {
        if (held.Count < MaxHeld)
        {
            held.Add(character);
        }
        else
        {
            dropping = true;
        }
    }

    private void Reset()
    {
        place = Place.Ground;
        dropping = false;
        held.Clear();
    }

    private void Pass(string characters, List<char> ready)
    {
        foreach (var character in characters)
        {
            filter.PassTo(character, ready);
        }
    }

    private static string Alt(char character) => string.Create(CultureInfo.InvariantCulture, $"\e[{(int)character};3u");
}
