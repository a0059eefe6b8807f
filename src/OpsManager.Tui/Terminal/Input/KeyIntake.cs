using Terminal.Gui.App;
using Terminal.Gui.Drivers;

namespace OpsManager.Tui.Terminal.Input;

/// <summary>
/// Lets the library read the keys that have arrived. The library gives a begun sequence or a stalled paste up when it is asked late
/// enough; so this says when to ask.
/// </summary>
/// <param name="application">Whose keys they are.</param>
/// <param name="time">Clock for the waits.</param>
internal sealed class KeyIntake(IApplication application, TimeProvider time)
{
    // The library gives a paste up five seconds after its last character, when it is asked after that.
    private static readonly TimeSpan PasteGivenUp = TimeSpan.FromSeconds(5.1);

    private long lastInput;
    private volatile bool arrived;

    /// <summary>How long a lone ESC may still become the beginning of a key sequence.</summary>
    public TimeSpan EscapeWait { get; set; } = EscapeDelay.Local;

    /// <summary>How long until something that was begun is given up, negative where that is overdue; null where nothing was.</summary>
    public TimeSpan? Due => State switch
    {
        AnsiResponseParserState.ExpectingEscapeSequence or AnsiResponseParserState.InResponse =>
            EscapeWait - time.GetElapsedTime(lastInput),
        AnsiResponseParserState.InBracketedPaste or AnsiResponseParserState.DiscardingBracketedPasteRemainder =>
            PasteGivenUp - time.GetElapsedTime(lastInput),
        _ => null,
    };

    private bool HoldsEscape => State is AnsiResponseParserState.ExpectingEscapeSequence or AnsiResponseParserState.InResponse;

    private AnsiResponseParserState? State => application.Driver?.GetInputProcessor().GetParser().State;

    /// <summary>Keys are in the input queue. Any thread.</summary>
    public void NoteInput() => arrived = true;

    /// <summary>Lets the library read what is in the queue.</summary>
    public void Take()
    {
        var hasArrived = arrived;
        arrived = false;
        if (hasArrived)
        {
            lastInput = time.GetTimestamp();
        }

        // The library gives up on a begun sequence 50 ms after its last character, whenever it is asked; so it is not asked.
        if (!hasArrived && HoldsEscape && time.GetElapsedTime(lastInput) < EscapeWait)
        {
            return;
        }

        application.Driver!.GetInputProcessor().ProcessQueue();
    }
}
