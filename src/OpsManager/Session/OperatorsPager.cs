using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace OpsManager.Session;

/// <summary>Runs the operator's own pager, $PAGER or less, on a file. Never through a shell.</summary>
public static class OperatorsPager
{
    /// <summary>Pagers that take "+LINE" before the file.</summary>
    private static readonly string[] TakesLine = ["less", "more", "most", "vi", "vim", "nvim", "view", "nano", "emacs", "kak"];

    /// <summary>What is run, without the file: the words of $PAGER, or less.</summary>
    public static IReadOnlyList<string> Words(Func<string, string?> environment)
    {
        var words = (environment("PAGER") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length > 0 ? words : ["less"];
    }

    /// <summary>The whole command line for <paramref name="file"/>, from <paramref name="line"/> (from 1) on where the pager can do that.</summary>
    public static ProcessStartInfo Command(Func<string, string?> environment, string file, int? line)
    {
        var words = Words(environment);
        var start = new ProcessStartInfo(words[0]) { UseShellExecute = false };
        foreach (var word in words.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        if (line is { } from && TakesLine.Contains(Path.GetFileName(words[0]), StringComparer.Ordinal))
        {
            start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"+{from}"));
        }

        // A name is never an option, even one that begins with a dash: the path is absolute.
        start.ArgumentList.Add(file);
        return start;
    }

    /// <summary>Runs it until it ends. What went wrong, or null.</summary>
    public static string? Run(Func<string, string?> environment, string file, int? line)
    {
        var command = Command(environment, file, line);
        try
        {
            // Only the executor acts on loops; this is the operator looking at a file, on the terminal that the screen lends.
#pragma warning disable RS0030
            using var process = Process.Start(command);
            process?.WaitForExit();
            return process is { ExitCode: not 0 } ? string.Create(CultureInfo.InvariantCulture, $"{command.FileName} ended with {process.ExitCode}") : null;
#pragma warning restore RS0030
        }
        catch (Win32Exception error)
        {
            return $"{command.FileName} cannot be started: {new Win32Exception(error.NativeErrorCode).Message}; PAGER names another one";
        }
    }
}
