namespace OpsManager.Configuration.Yaml;

/// <summary>A settings file that cannot be used. The message names the file, the line and what is expected there.</summary>
public sealed class SettingsException(string message, Exception? inner = null) : Exception(message, inner);
