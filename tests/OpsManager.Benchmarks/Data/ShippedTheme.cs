using OpsManager.Configuration.Themes;

namespace OpsManager.Benchmarks.Data;

/// <summary>The dark theme and no other.</summary>
public sealed class ShippedTheme : IThemeSource
{
    public IReadOnlyList<string> Names { get; } = ["dark"];

    public Theme Load(string name) => ThemeCatalog.Shipped(name);

    public bool Changed(string name) => false;
}
