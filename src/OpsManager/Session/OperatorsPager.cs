using System.Globalization;
using OpsManager.Sources.Processes;

namespace OpsManager.Session;

/// <summary>
/// Runs the operator's own pager, $PAGER or less, on a file, on the terminal that the screen lends. Never through a shell.
/// </summary>
internal static class OperatorsPager
{
    /// <summary>Pagers that take "+LINE" before the file.</summary>
    private static readonly string[] TakesLine = ["less", "more", "most", "vi", "vim", "nvim", "view", "nano", "emacs", "kak"];

    /// <summary>What is run, without the file: the words of $PAGER, or less.</summary>
    public static IReadOnlyList<string> Words(Func<string, string?> environment)
    {
        var words = (environment("PAGER") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length > 0 ? words : ["less"];
    }

    /// <summary>
    /// The whole command for <paramref name="file"/>, from <paramref name="line"/> (from 1) on where the pager can do that.
    /// </summary>
    public static ChildCommand Command(Func<string, string?> environment, string file, int? line)
    {
        var words = Words(environment);
        string[] place = line is { } from && TakesLine.Contains(Path.GetFileName(words[0]), StringComparer.Ordinal)
            ? [string.Create(CultureInfo.InvariantCulture, $"+{from}")]
            : [];

        // A name is never an option, even one that begins with a dash: the path is absolute.
        return new ChildCommand(words[0], [.. words.Skip(1), .. place, file]);
    }

    /// <summary>Runs it until it exits. What went wrong, or null.</summary>
    public static string? Run(ChildProcess children, Func<string, string?> environment, string file, int? line)
    {
        var command = Command(environment, file, line);
        return children.RunOnTerminal(command) switch
        {
            { WasStarted: false, Fault: var fault } => $"{command.Program} {fault}; set PAGER to the pager that you want",
            { Fault: { } fault } => $"{command.Program} {fault}",
            { ExitCode: 0 } => null,
            { ExitCode: var code } => string.Create(CultureInfo.InvariantCulture, $"{command.Program} ended with exit code {code}"),
        };
    }
}
