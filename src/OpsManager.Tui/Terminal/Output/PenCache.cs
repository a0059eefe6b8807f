using OpsManager.Tui.Terminal.Colour;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>
/// Pens of attributes. Neighbours mostly have the same one: the last is remembered, because reducing a colour is a search.
/// </summary>
/// <param name="depth">Colours the terminal is given.</param>
internal sealed class PenCache(ColorDepth depth)
{
    private Attribute lastAttribute;
    private Pen lastPen = Pen.Plain;
    private bool hasLast;

    /// <summary>The pen that an attribute asks for; no attribute asks for the terminal's own.</summary>
    public Pen For(Attribute? attribute)
    {
        if (attribute is not { } value)
        {
            return Pen.Plain;
        }

        if (!hasLast || value != lastAttribute)
        {
            lastAttribute = value;
            lastPen = Pen.For(value, depth);
            hasLast = true;
        }

        return lastPen;
    }
}
