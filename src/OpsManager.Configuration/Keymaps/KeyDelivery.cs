namespace OpsManager.Configuration.Keymaps;

/// <summary>
/// Which keys a terminal can send. It sends bytes, and many keys share theirs with another: Ctrl+I is the byte of Tab.
/// </summary>
internal static class KeyDelivery
{
    private const string Nothing = "the program gets nothing when it is pressed";

    private static readonly HashSet<string> Numbered = [.. Enumerable.Range(1, 12).Select(static number => $"F{number}")];

    /// <summary>Why a key can never be pressed, as the rest of a sentence that begins with the key; null where it can.</summary>
    public static string? Obstacle(KeyPress key)
    {
        var (control, alt, shift) = (key.IsCtrl, key.IsAlt, key.IsShift);
        return key.Name switch
        {
            "Up" or "Down" or "Left" or "Right" => null,
            "Home" or "End" or "PgUp" or "PgDn" or "Insert" or "Delete" => null,
            "Esc" => control || alt || shift ? Instead("Esc") : null,
            "Enter" => alt ? Instead("Ctrl+Alt+M") : shift ? Instead(control ? "Ctrl+Enter" : "Enter") : null,
            "Tab" => alt ? Instead("Ctrl+Alt+I") : control ? Instead(shift ? "Shift+Tab" : "Tab") : null,
            "Backspace" => control && alt ? Instead("Ctrl+Alt+H") : shift ? Instead("Backspace") : null,
            "Space" => control && alt ? Nothing : shift ? Instead("Space") : null,
            _ when key.IsLetterOfAscii => Letter(key.Name[0], control, alt, shift),
            var name when Numbered.Contains(name) => null,
            ['F', _, ..] => Nothing,
            _ when shift => "a terminal sends the character that it types; write that one, such as ! for Shift+1",
            var character when control => alt ? Nothing : ControlCharacter(character),
            // These begin sequences of other keys and answers; what is not ASCII is not taken with Alt.
            var character when alt => character is not [<= '~' and not ('[' or ']' or '\\' or '^')] ? Nothing : null,
            _ => null,
        };
    }

    private static string? Letter(char letter, bool control, bool alt, bool shift) => (control, alt, shift, letter) switch
    {
        (true, true, true, _) => Instead($"Ctrl+Alt+{letter}"),
        (true, false, _, 'I') => Instead("Tab"),
        (true, false, _, 'M') => Instead("Enter"),
        (true, false, _, 'J') => Instead("Ctrl+Enter"),
        (true, false, _, 'H') => Instead("Ctrl+Backspace"),
        (true, false, true, _) => Instead($"Ctrl+{letter}"),
        _ => null,
    };

    private static string? ControlCharacter(string character) => character switch
    {
        [>= '4' and <= '7'] => null,
        "2" or "@" => Instead("Ctrl+Space"),
        "3" or "[" => Instead("Esc"),
        "\\" => Instead("Ctrl+4"),
        "]" => Instead("Ctrl+5"),
        "^" => Instead("Ctrl+6"),
        "_" or "/" => Instead("Ctrl+7"),
        "8" or "?" => Instead("Backspace"),
        _ => Instead(character),
    };

    private static string Instead(string key) => $"the program gets {key} instead; write {key}, or another key";
}
