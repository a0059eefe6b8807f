namespace OpsManager.Configuration.Themes;

/// <summary>How one role looks.</summary>
public readonly record struct RoleStyle(ThemeColor Foreground, ThemeColor Background, TextStyles Style = TextStyles.None);
