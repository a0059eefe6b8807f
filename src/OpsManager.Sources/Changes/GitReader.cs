using System.Text;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Changes;

/// <summary>
/// Asks git for the last commit and for its files, and for nothing else: <c>rev-parse</c> and <c>ls-tree</c> read objects only.
/// <c>git status</c> and <c>git diff</c> would run filters and monitors that the repository's own configuration names.
/// </summary>
internal sealed class GitReader(ChildProcess children, string repo)
{
    private const string Git = "git";

    /// <summary>A tree of about 400,000 files.</summary>
    private const int MaxTreeBytes = 64 * 1024 * 1024;

    private const int MaxNameBytes = 256;
    private const int MaxErrorBytes = 2048;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private static readonly string[] Variables = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CONFIG_HOME"];

    /// <summary>
    /// An object that is missing would be fetched from where the repository's configuration says, by a program that it names: no protocol
    /// is allowed, so that this fails.
    /// </summary>
    private static readonly IReadOnlyList<KeyValuePair<string, string>> Settings =
    [
        new("GIT_ALLOW_PROTOCOL", "none"), new("GIT_NO_LAZY_FETCH", "1"), new("GIT_TERMINAL_PROMPT", "0"), new("GIT_OPTIONAL_LOCKS", "0"),
        new("GIT_NO_REPLACE_OBJECTS", "1"),
    ];

    private static readonly string[] Always = ["--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"];

    /// <summary>The last commit and its files; a fault where it cannot be known.</summary>
    public async Task<(string? Commit, IReadOnlyList<CommittedFile> Files, string? Fault)> ReadAsync(CancellationToken cancel)
    {
        string[] asked = ["rev-parse", "--verify", "--end-of-options", "HEAD^{commit}"];
        var (head, fault) = await RunAsync(asked, MaxNameBytes, cancel).ConfigureAwait(false);
        if (head is null)
        {
            return (null, [], fault);
        }

        var commit = head.Trim();
        var (tree, why) = await RunAsync(["ls-tree", "-r", "-z", commit], MaxTreeBytes, cancel).ConfigureAwait(false);
        try
        {
            return tree is null ? (commit, [], why) : (commit, [.. CommittedFile.Parse(tree)], null);
        }
        catch (FormatException error)
        {
            return (commit, [], error.Message);
        }
    }

    private async Task<(string? Output, string? Fault)> RunAsync(string[] words, int maxBytes, CancellationToken cancel)
    {
        var result = await children.RunAsync(
            new ChildCommand(Git, [.. Always, .. words])
            {
                WorkingDirectory = repo,
                MaxOutputBytes = maxBytes,
                MaxErrorBytes = MaxErrorBytes,
                Timeout = Timeout,
                Variables = Variables,
                Settings = Settings,
            },
            cancel).ConfigureAwait(false);
        return result switch
        {
            { Fault: { } fault } => (null, $"git {fault}"),
            { IsOutputCut: true } => (null, "the commit has too many files to be compared"),
            { ExitCode: 0 } => (Encoding.UTF8.GetString(result.Output.Span), null),
            _ => (null, $"git {words[0]}: {FirstLine(result.Errors.Span) ?? $"exit code {result.ExitCode}"}"),
        };
    }

    private static string? FirstLine(ReadOnlySpan<byte> errors)
    {
        var line = Encoding.UTF8.GetString(errors).Split('\n', 2)[0].Trim();
        return line.Length == 0 ? null : line;
    }
}
