using System.Text.RegularExpressions;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Lifetime;
using OpsManager.Tui.Terminal.Output;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;
using Terminal.Gui.Time;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;
using Xunit;
using Attribute = Terminal.Gui.Drawing.Attribute;
using Color = Terminal.Gui.Drawing.Color;

namespace OpsManager.Tests.Tui.Terminal.Lifetime;

[Collection(nameof(ProcessWide))]
public sealed partial class ApplicationFactoryTests
{
    [Fact]
    public void The_application_runs_on_our_output_and_asks_the_terminal_nothing()
    {
        var port = new MemoryPort();
        var output = new DiffOutput(port, ColorDepth.True);
        var made = ApplicationFactory.Create(() => new AnsiInput(), output);
        using var application = made.Application;
        Assert.Equal(TerminalMode.Own, made.Mode);
        Assert.Null(made.Reason);
        Assert.Same(output, application.Driver!.GetOutput());
        Assert.Equal("", port.Take());
    }

    [Fact]
    public void When_ours_cannot_be_made_the_librarys_way_is_taken_and_the_reason_is_told()
    {
        var made = ApplicationFactory.Create(
            () => throw new NotSupportedException("no such thing"), new DiffOutput(new MemoryPort(), ColorDepth.True));
        using var application = made.Application;
        Assert.Equal(TerminalMode.Library, made.Mode);
        Assert.Contains("no such thing", made.Reason, StringComparison.Ordinal);
        Assert.True(application.Initialized);
    }

    [Fact]
    public void The_librarys_way_can_be_asked_for_and_reads_no_keys_of_ours()
    {
        var made = ApplicationFactory.Create(
            () => throw new InvalidOperationException("not to be called"), new DiffOutput(new MemoryPort(), ColorDepth.True),
            forceLibrary: true);
        using var application = made.Application;
        Assert.Equal(TerminalMode.Library, made.Mode);
        Assert.Equal("asked for", made.Reason);
        Assert.Equal("ansi", application.Driver!.GetName());
    }

    [Fact]
    public void Making_an_application_leaves_the_environment_as_it_was()
    {
        Environment.SetEnvironmentVariable("DisableRealDriverIO", "0");
        try
        {
            using var application =
                ApplicationFactory.Create(() => new AnsiInput(), new DiffOutput(new MemoryPort(), ColorDepth.True)).Application;
            Assert.Equal("0", Environment.GetEnvironmentVariable("DisableRealDriverIO"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("DisableRealDriverIO", "1");
        }
    }

    [Theory]
    [InlineData(ColorDepth.Sixteen)]
    [InlineData(ColorDepth.None)]
    public void In_the_librarys_way_only_changes_are_sent_without_links_and_with_no_more_than_sixteen_colours(ColorDepth depth)
    {
        var time = new VirtualTimeProvider();
        using var application = ApplicationFactory.Create(
            () => new AnsiInput(), new DiffOutput(new MemoryPort(), depth), forceLibrary: true, time: time).Application;
        application.Driver!.SetScreenSize(60, 6);
        using var root = new Runnable { Width = Dim.Fill(), Height = Dim.Fill() };
        var pane = new Pane { Width = Dim.Fill(), Height = Dim.Fill() };
        root.Add(pane);
        using var diff = new FrameDiff(application, root, depth);
        var before = SynchronizationContext.Current;
        var session = application.Begin(root)!;
        SynchronizationContext.SetSynchronizationContext(before);
        application.LayoutAndDraw();
        var first = application.Driver.GetOutput().GetLastOutput();
        Assert.Contains("https://example.com", first, StringComparison.Ordinal);
        Assert.DoesNotContain("\e]8", first, StringComparison.Ordinal);
        Assert.DoesNotContain("38;2", first, StringComparison.Ordinal);
        Assert.Equal(depth == ColorDepth.Sixteen, AnyOfSixteen().IsMatch(first));

        pane.Count++;
        pane.SetNeedsDraw();
        application.LayoutAndDraw();
        var second = application.Driver.GetOutput().GetLastOutput();
        Assert.Contains("1", second, StringComparison.Ordinal);
        Assert.InRange(second.Length, 1, 60);
        application.End(session);
    }

    [Fact]
    public void In_the_librarys_way_nothing_raw_passes_either()
    {
        using var application = ApplicationFactory.Create(
            () => new AnsiInput(), new DiffOutput(new MemoryPort(), ColorDepth.None), forceLibrary: true).Application;
        application.Driver!.SetScreenSize(60, 6);
        using var root = new Runnable { Width = Dim.Fill(), Height = Dim.Fill() };
        var pane = new Pane { Width = Dim.Fill(), Height = Dim.Fill(), Raw = "x\u202Ey\u200Bz" };
        root.Add(pane);
        using var diff = new FrameDiff(application, root, ColorDepth.None);
        var before = SynchronizationContext.Current;
        var session = application.Begin(root)!;
        SynchronizationContext.SetSynchronizationContext(before);
        application.LayoutAndDraw();
        var sent = application.Driver.GetOutput().GetLastOutput();
        Assert.Contains("\uFFFD", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("\u200B", sent, StringComparison.Ordinal);
        application.End(session);
    }

    [Fact]
    public void Ascii_glyphs_can_be_set_and_taken_back()
    {
        LibrarySettings.Reset(asciiGlyphs: true);
        Assert.Equal('-', Glyphs.HLine.Value);
        Assert.Equal('+', Glyphs.ULCornerR.Value);
        LibrarySettings.Reset(asciiGlyphs: false);
        Assert.NotEqual('-', Glyphs.HLine.Value);
    }

    [GeneratedRegex("\\e\\[(3|4|9|10)[0-7]m")]
    private static partial Regex AnyOfSixteen();

    private sealed class Pane : View
    {
        public int Count { get; set; }

        public string Raw { get; set; } = "";

        protected override bool OnClearingViewport() => true;

        protected override bool OnDrawingContent(DrawContext? context)
        {
            var style = new Attribute(new Color(200, 0, 0), new Color(0, 0, 0));
            var surface = new CellSurface(this);
            surface.Clear(style);
            surface.Put(0, 0, $"count {Count} at https://example.com/path", style);
            SetAttribute(style);
            Move(0, 1);
            AddStr(Raw);
            return true;
        }
    }
}
