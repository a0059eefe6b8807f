namespace OpsManager.Configuration.Keymaps;

/// <summary>One key and what is held with it. Data alone: which bytes of a terminal make it is the screen's to know.</summary>
/// <param name="Name">
/// "Esc", "PgDn", "F5", or the character that it types. A letter of ASCII is the upper one, whether it types that one or not.
/// </param>
/// <param name="IsShift">With a letter of ASCII alone: it types the upper one.</param>
public readonly record struct KeyPress(string Name, bool IsCtrl = false, bool IsAlt = false, bool IsShift = false)
{
    public bool IsLetterOfAscii => Name is [>= 'A' and <= 'Z'];

    /// <summary>As files, the hint bar and the help write it: "j", "G", "Ctrl+D", "Alt+&lt;".</summary>
    public string Text => !IsLetterOfAscii || IsCtrl || IsAlt
        ? $"{(IsCtrl ? "Ctrl+" : "")}{(IsAlt ? "Alt+" : "")}{(IsShift ? "Shift+" : "")}{Name}"
        : IsShift ? Name : Name.ToLowerInvariant();

    public override string ToString() => Text;
}
