namespace OpsManager.Sources.Processes;

/// <summary>A program to start, and how far it may go. No shell reads any of it.</summary>
/// <param name="Program">A name on PATH, or a path.</param>
/// <param name="Arguments">Behind the program's name, each a word as it is.</param>
public sealed record ChildCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Absolute path of the directory in which it runs; null for that of this process.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>What it reads on its standard input before the end.</summary>
    public string Input { get; init; } = "";

    /// <summary>
    /// Bytes of its standard output that are kept, from the beginning. The rest is read and dropped, so that it never waits for us.
    /// </summary>
    public int MaxOutputBytes { get; init; }

    /// <summary>The same for its standard error.</summary>
    public int MaxErrorBytes { get; init; }

    /// <summary>Standard error is the same stream as standard output, in the order in which it writes; it counts as output.</summary>
    public bool MergesErrors { get; init; }

    /// <summary>How long it may take before its group is killed.</summary>
    public TimeSpan Timeout { get; init; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>The only variables that it gets; null for all of this process. Secrets of ours are left out in either case.</summary>
    public IReadOnlyCollection<string>? Variables { get; init; }

    /// <summary>Variables that it gets with these values, whatever ours are.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];
}
