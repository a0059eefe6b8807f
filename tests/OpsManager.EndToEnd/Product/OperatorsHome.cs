namespace OpsManager.EndToEnd.Product;

/// <summary>Settings and state of one operator, apart from everybody else's.</summary>
internal sealed class OperatorsHome : IDisposable
{
    // Short, as real ones are: messages with a path in them have one line of the screen.
    private readonly string root = Directory.CreateTempSubdirectory("o-").FullName;

    /// <summary>Where sessions are kept.</summary>
    public string Sessions => Path.Combine(root, "state", "ops-manager", "sessions");

    /// <summary>The path of a file of that name, which is not made.</summary>
    public string File(string name) => Path.Combine(root, name);

    /// <summary>Writes a settings file, such as "themes/mine.yaml", and gives its path.</summary>
    public string Config(string name, string text)
    {
        var path = Path.Combine(root, "c", "ops-manager", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Makes a program of a few lines for sh, and gives its path.</summary>
    public string Script(string name, string lines)
    {
        var path = File(name);
        System.IO.File.WriteAllText(path, $"#!/bin/sh\n{lines}\n");
#pragma warning disable CA1416 // Not on Windows: neither is the program.
        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        return path;
    }

    /// <summary>The variables that lead here, and <paramref name="besides"/>.</summary>
    public Dictionary<string, string?> Environment(params (string Name, string? Value)[] besides) => new(
        besides.Select(static variable => KeyValuePair.Create(variable.Name, variable.Value)))
    {
        ["HOME"] = root,
        ["XDG_CONFIG_HOME"] = Path.Combine(root, "c"),
        ["XDG_STATE_HOME"] = Path.Combine(root, "state"),
    };

    /// <summary>The text of every file that was kept.</summary>
    public IEnumerable<string> Everything() =>
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(System.IO.File.ReadAllText);

    public void Dispose() => Directory.Delete(root, recursive: true);
}
