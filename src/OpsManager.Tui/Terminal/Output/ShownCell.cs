using OpsManager.Tui.Terminal.Colour;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>What one cell of the terminal shows.</summary>
internal readonly record struct ShownCell(string Text, Pen Pen)
{
    /// <summary>The text of the second cell of a wide character.</summary>
    public const string Continuation = "";

    /// <summary>What no cell holds: it is never taken for unchanged.</summary>
    public const string Unknown = "\0";
}
