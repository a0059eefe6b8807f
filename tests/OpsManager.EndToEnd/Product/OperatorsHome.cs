namespace OpsManager.EndToEnd.Product;

/// <summary>Settings and state of one operator, apart from everybody else's.</summary>
internal sealed class OperatorsHome : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("ops-manager-home-").FullName;

    /// <summary>Where sessions are kept.</summary>
    public string Sessions => Path.Combine(root, "state", "ops-manager", "sessions");

    /// <summary>The path of a file of that name, which is not made.</summary>
    public string File(string name) => Path.Combine(root, name);

    /// <summary>Writes a settings file, such as "themes/mine.yaml", and gives its path.</summary>
    public string Config(string name, string text)
    {
        var path = Path.Combine(root, "config", "ops-manager", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The variables that lead here, and <paramref name="besides"/>.</summary>
    public Dictionary<string, string?> Environment(params (string Name, string? Value)[] besides) => new(
        besides.Select(static variable => KeyValuePair.Create(variable.Name, variable.Value)))
    {
        ["HOME"] = root,
        ["XDG_CONFIG_HOME"] = Path.Combine(root, "config"),
        ["XDG_STATE_HOME"] = Path.Combine(root, "state"),
    };

    public void Dispose() => Directory.Delete(root, recursive: true);
}
