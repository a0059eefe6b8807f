using System.IO.Abstractions;

namespace OpsManager.Session;

/// <summary>Keeps a text that the terminal's clipboard does not take.</summary>
internal static class KeptCopy
{
    /// <summary>Writes <paramref name="text"/>, over the one before, and gives the file's path.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static string Write(IFileSystem files, Func<string, string?> environment, string text)
    {
        var folder = StateFolder.Find(files, environment) ?? throw new IOException("neither XDG_STATE_HOME nor HOME says where to");
        files.Directory.CreateDirectory(folder);
        var path = files.Path.Combine(folder, "copied.txt");
        files.File.WriteAllText(path, text);
        return path;
    }
}
