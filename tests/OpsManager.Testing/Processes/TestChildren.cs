using System.IO.Abstractions;
using OpsManager.Sources.Processes;

namespace OpsManager.Testing;

/// <summary>The door of the product for tests, and programs of a few lines to send through it.</summary>
internal static class TestChildren
{
    public static ChildProcess Create(TimeProvider? time = null) =>
        ChildProcess.Create(new FileSystem(), Environment.GetEnvironmentVariable, static () => [], time ?? TimeProvider.System);

    /// <summary>
    /// With an environment of its own: <paramref name="variables"/>, a PATH, and "OTHERS_TOKEN" as one that config.yaml names.
    /// </summary>
    public static ChildProcess With(IReadOnlyDictionary<string, string> variables, TimeProvider? time = null)
    {
        var all = new Dictionary<string, string>(variables) { ["PATH"] = "/usr/bin:/bin" };
        return new ChildProcess(
            new FileSystem(),
            new ProgramFinder(new FileSystem(), all.GetValueOrDefault),
            new ChildEnvironment(() => all, static () => ["OTHERS_TOKEN"]),
            time ?? TimeProvider.System);
    }

    /// <summary>Makes a program for sh, and gives its path.</summary>
    public static string Script(string folder, string lines, string name = "program")
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{lines}\n");
        SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }

    public static void SetMode(string path, UnixFileMode mode)
    {
#pragma warning disable CA1416 // Not on Windows: neither is the program.
        File.SetUnixFileMode(path, mode);
#pragma warning restore CA1416
    }

    /// <summary>A zombie counts as gone: whoever has to reap it is not ours to hurry.</summary>
    public static bool IsRunning(string pid) =>
        File.Exists($"/proc/{pid}/stat")
        && File.ReadAllText($"/proc/{pid}/stat") is var stat
        && !stat.Contains(") Z ", StringComparison.Ordinal)
        && !stat.Contains(") X ", StringComparison.Ordinal);
}
