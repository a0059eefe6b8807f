using System.Text.RegularExpressions;

namespace OpsManager.EndToEnd.Pty;

/// <summary>What an operator sees of a program in a raw pseudo terminal, frame by frame.</summary>
public sealed partial class PtyScreen(ScriptPty pty, int columns, int rows)
{
    private const string FrameEnd = "\e[?2026l";

    private readonly ModelTerminal terminal = new(columns, rows);
    private int shown;

    /// <summary>The window's title.</summary>
    public string Title => terminal.Title;

    /// <summary>Waits until the screen, as text, satisfies <paramref name="wanted"/>, and gives it.</summary>
    /// <exception cref="TimeoutException">It did not within the time; the message has the screen.</exception>
    public async Task<string> WaitForAsync(Func<string, bool> wanted, TimeSpan within, CancellationToken cancel)
    {
        try
        {
            await pty.WaitForAsync(output => wanted(Show(output)), within, cancel);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"not within {within}:\n{Text()}");
        }

        return Text();
    }

    private string Show(string output)
    {
        var end = output.LastIndexOf(FrameEnd, StringComparison.Ordinal) + FrameEnd.Length;
        if (end > shown && end >= FrameEnd.Length)
        {
            terminal.Feed(ToClipboard().Replace(output[shown..end], ""));
            shown = end;
        }

        return Text();
    }

    [GeneratedRegex(@"\e\]52;c;[A-Za-z0-9+/=]*\a")]
    private static partial Regex ToClipboard();

    private string Text() => string.Join('\n', Enumerable.Range(0, rows).Select(terminal.Line));
}
