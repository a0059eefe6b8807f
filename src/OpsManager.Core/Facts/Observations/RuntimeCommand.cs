namespace OpsManager.Core.Facts.Observations;

/// <summary>The runtime's own command, as it was found.</summary>
/// <param name="File">Absolute path.</param>
/// <param name="FoundBy">How it was found, for messages.</param>
public sealed record RuntimeCommand(string File, string FoundBy)
{
    /// <summary>What it is mostly called; for showing only.</summary>
    public static readonly RuntimeCommand Usual = new("superloop", "nobody");

    /// <summary>The same as its repository has it: what a person is told to run where none was found.</summary>
    public static readonly RuntimeCommand Script = new("superloop.sh", "nobody");

    /// <summary>In <see cref="FoundBy"/>: it was found on PATH.</summary>
    public const string OnPath = "PATH";

    /// <summary>As a person would type it: what is on PATH needs no directory.</summary>
    public RuntimeCommand AsTyped() => FoundBy == OnPath ? this with { File = File[(File.LastIndexOf('/') + 1)..] } : this;

    /// <summary>The whole command line as it could be run by hand in a POSIX shell. What is started is never read by one.</summary>
    public string Line(IReadOnlyList<string> arguments) => string.Join(' ', arguments.Prepend(File).Select(Quoted));

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or '=' or '@' or '+')
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
