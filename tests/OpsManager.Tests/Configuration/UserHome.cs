using System.IO.Abstractions.TestingHelpers;
using OpsManager.Configuration;
using OpsManager.Configuration.Files;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Terminal.Lifetime;
using OpsManager.Tui.Themes;

namespace OpsManager.Tests.Configuration;

/// <summary>A user's settings directory in memory.</summary>
internal sealed class UserHome
{
    public const string Root = "/home/ada/.config/ops-manager";

    private readonly MockFileSystem disk = new();

    public UserFiles Files => new(disk, Root);

    public UserHome With(string path, string text)
    {
        disk.AddFile($"{Root}/{path}", new MockFileData(text));
        return this;
    }

    public UserHome Without(string path)
    {
        disk.RemoveFile($"{Root}/{path}");
        return this;
    }

    public ChosenSettings Choose(string? theme = null, string? keymap = null, ColorDepth depth = ColorDepth.True) =>
        new UserSettings(Files).Choose(theme, keymap, FittingTheme.For(new TerminalOptions { Depth = depth }));
}
