using OpsManager.Tui.Terminal.Lifetime;
using Xunit;

namespace OpsManager.Tests.Architecture;

/// <summary>docs/architecture.md, "The terminal layer": which of its folders may use which.</summary>
public sealed class TerminalLayerTests
{
    private const string Layer = "Terminal";

    private static readonly FolderGraph Tui = FolderGraph.From(typeof(UiLoop).Assembly);

    [Theory]
    [InlineData("Unix")]
    [InlineData("Colour")]
    [InlineData("Input", "Unix")]
    [InlineData("Output", "Unix", "Colour")]
    [InlineData("Lifetime", "Unix", "Colour", "Input", "Output")]
    public void A_folder_of_the_terminal_layer_uses_those_below_it_alone(string folder, params string[] below)
    {
        string[] allowed = [folder, .. below];
        var others = Tui.Folders.Where(other =>
            other.StartsWith($"{Layer}/", StringComparison.Ordinal)
                && !allowed.Contains(other[(Layer.Length + 1)..], StringComparer.Ordinal));

        Assert.Contains($"{Layer}/{folder}", Tui.Folders);
        Assert.Empty(Tui.Uses($"{Layer}/{folder}", [.. others]));
    }

    [Fact]
    public void The_terminal_layer_knows_text_and_nothing_else_of_the_screen()
    {
        var others = Tui.Folders.Where(static folder => folder != "Text" && !folder.StartsWith($"{Layer}/", StringComparison.Ordinal));

        Assert.Empty(Tui.Uses(Layer, [.. others]));
    }
}
