namespace OpsManager.Configuration.Themes;

/// <summary>How text is written, apart from its colours. Names in theme files are these in lower case.</summary>
[Flags]
public enum TextStyles
{
    None = 0, Bold = 1, Faint = 2, Italic = 4, Underline = 8, Reverse = 16,
}
