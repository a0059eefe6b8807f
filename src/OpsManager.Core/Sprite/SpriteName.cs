namespace OpsManager.Core.Sprite;

/// <summary>Which names a sprite may have: they become names of directories (docs/configuration.md).</summary>
public static class SpriteName
{
    public const int MaxChars = 64;

    public static bool IsOne(string name) =>
        name.Length is > 0 and <= MaxChars
            && name.Any(char.IsAsciiLetterOrDigit)
            && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
