using OpsManager.Tui.Terminal.Output;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>
/// The second screen of a terminal with the modes that we draw in, so that the shell's screen and title are there again at the end.
/// </summary>
/// <param name="port">The terminal.</param>
/// <param name="mouse">Whether mouse reports are wanted.</param>
internal sealed class AlternateScreen(ITerminalPort port, bool mouse)
{
    // How long the terminal may refuse bytes before it is given back without them.
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(250);

    private volatile bool titleIsKept;

    /// <summary>Switches to it.</summary>
    public void Enter()
    {
        if (!titleIsKept)
        {
            // Not again after a stop that came without a chance to leave: nothing was taken off then.
            titleIsKept = true;
            port.Write(TerminalSequences.KeepTitle);
        }

        port.Write(TerminalSequences.Enter);
        port.Write(TerminalSequences.PlainKeys);
        port.Write(TerminalSequences.MouseOff);
        if (mouse)
        {
            port.Write(TerminalSequences.MouseOn);
        }
    }

    /// <summary>Cursor keys and keypad as the terminal has them by itself: somebody else in this process may have switched them.</summary>
    public void SetPlainKeys() => port.Write(TerminalSequences.PlainKeys);

    /// <summary>Switches back. Does not wait for a terminal that takes nothing.</summary>
    /// <param name="mode">Who else may have switched something on.</param>
    public void Leave(TerminalMode mode)
    {
        if (mode == TerminalMode.Library)
        {
            port.TryWrite(TerminalSequences.LeaveLibrary, LastWords);
        }

        port.TryWrite(TerminalSequences.Leave, LastWords);
        titleIsKept = false;
    }
}
