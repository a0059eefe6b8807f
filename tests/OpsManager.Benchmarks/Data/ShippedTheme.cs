using OpsManager.Cli;
using OpsManager.Tui.Themes;

namespace OpsManager.Benchmarks.Data;

/// <summary>The dark theme and no other.</summary>
public sealed class ShippedTheme : IThemeSource
{
    public IReadOnlyList<string> Names { get; } = ["dark"];

    public Theme Load(string name) => ShippedFiles.Theme(name);

    public bool Changed(string name) => false;
}
