using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Output;
using Terminal.Gui.Drawing;
using Xunit;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Tests.Tui.Terminal.Output;

public sealed class PenCacheTests
{
    [Fact]
    public void An_attribute_gets_the_pen_of_the_depth_whatever_was_asked_before()
    {
        var pens = new PenCache(ColorDepth.Sixteen);
        var red = new Attribute(new Color(255, 0, 0), Color.None);
        var green = new Attribute(new Color(0, 255, 0), Color.None, TextStyle.Bold);
        foreach (var attribute in new[] { red, green, green, red })
        {
            Assert.Equal(Pen.For(attribute, ColorDepth.Sixteen), pens.For(attribute));
        }
    }

    [Fact]
    public void No_attribute_is_the_terminals_own_pen()
    {
        var pens = new PenCache(ColorDepth.True);
        Assert.Equal(Pen.Plain, pens.For(null));
        pens.For(new Attribute(new Color(1, 2, 3), Color.None));
        Assert.Equal(Pen.Plain, pens.For(null));
    }
}
