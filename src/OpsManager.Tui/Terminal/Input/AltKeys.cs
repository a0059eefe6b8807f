namespace OpsManager.Tui.Terminal.Input;

/// <summary>
/// Alt with a key arrives as Esc and that key's character. The library knows letters and digits in that form and swallows the rest,
/// Alt+&lt; for one; it takes all of them in the form of CSI u.
/// </summary>
internal static class AltKeys
{
    /// <summary>What to put in place of Esc and <paramref name="character"/> that came together; null to leave them as they are.</summary>
    public static string? Rewrite(char character) =>
        // Brackets, backslash, caret and underscore begin or end sequences that are no keys.
        character is (>= ' ' and <= '/') or (>= ':' and <= '@') or '`' or (>= '{' and <= '~') or '\x7f' ? CsiU.Alt(character) : null;
}
