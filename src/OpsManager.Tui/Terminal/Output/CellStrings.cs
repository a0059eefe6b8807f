namespace OpsManager.Tui.Terminal.Output;

/// <summary>One string per character, made once: a cell holds a string, and a screen has thousands of cells.</summary>
internal static class CellStrings
{
    // Up to the end of the dingbats: letters of most scripts, box drawing, blocks, arrows. Filled as they are met; races are benign.
    private static readonly string?[] Known = new string?[0x2800];

    public static string For(char character)
    {
        if (character >= Known.Length)
        {
            return character.ToString();
        }

        return Known[character] ??= character.ToString();
    }
}
