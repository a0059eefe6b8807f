namespace OpsManager.Configuration.Themes;

/// <summary>The default theme, which depends on the terminal.</summary>
/// <param name="Name">A shipped one.</param>
/// <param name="Why">For people.</param>
public sealed record DefaultTheme(string Name, string Why)
{
    public static readonly DefaultTheme Dark = new("dark", "the default");
}
