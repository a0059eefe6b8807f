namespace OpsManager.Configuration.Yaml;

/// <summary>A settings file that was read.</summary>
/// <param name="File">Where it is, as messages name it.</param>
public sealed record SettingsFile(string File, string Text);
