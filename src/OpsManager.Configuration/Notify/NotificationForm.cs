namespace OpsManager.Configuration.Notify;

/// <summary>How a terminal is asked to call the operator.</summary>
public enum NotificationForm
{
    /// <summary>The bell (BEL): every terminal has one, and shows or sounds it as it is set.</summary>
    Bell,

    /// <summary>A desktop notification with a text (OSC 9): iTerm2, Windows Terminal, WezTerm, kitty, foot and others.</summary>
    Osc9,

    /// <summary>A desktop notification with a title and a text (OSC 777): urxvt, foot, WezTerm, Ghostty, Konsole and others.</summary>
    Osc777,

    None,
}

/// <summary>The words as settings and flags write them.</summary>
public static class NotificationForms
{
    private static readonly string[] AllWords = ["bell", "osc9", "osc777", "none"];

    public static IReadOnlyList<string> Words => AllWords;

    public static string Word(this NotificationForm form) => AllWords[(int)form];

    /// <summary>Reads one of the words; false for any other text.</summary>
    public static bool TryParse(string? word, out NotificationForm form)
    {
        var index = Array.IndexOf(AllWords, word);
        form = (NotificationForm)Math.Max(0, index);
        return index >= 0;
    }
}
