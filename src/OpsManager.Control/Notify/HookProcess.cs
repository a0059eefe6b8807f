using System.Globalization;
using System.Text;
using OpsManager.Sources.Processes;

namespace OpsManager.Control.Notify;

/// <summary>
/// Runs the operator's command: one line on its stdin, then the end. It knows nothing of loops. One run at a
/// time.
/// </summary>
public sealed class HookProcess(ChildProcess children)
{
    /// <summary>Of what it writes to stderr, of which a message quotes the first line.</summary>
    private const int MaxErrorBytes = 1024;

    private const int MaxQuotedChars = 160;

    /// <summary>Runs whose output may still be held by what they left behind: each costs a thread.</summary>
    private const int MaxHeld = 4;

    private readonly List<Task> held = [];

    /// <param name="line">Without its end. Short enough for a pipe to take it whole.</param>
    /// <returns>What went wrong; null where the command exited with 0.</returns>
    public async Task<string?> RunAsync(HookSettings hook, string line)
    {
        held.RemoveAll(static end => end.IsCompleted);
        if (held.Count >= MaxHeld)
        {
            return $"{hook.Name} was not started: {held.Count} earlier ones left processes that hold its output; redirect their "
                + $"output (>/dev/null 2>&1)";
        }

        var command = new ChildCommand(hook.Name, [.. hook.Words.Skip(1)])
        {
            Input = line + "\n",
            MaxErrorBytes = MaxErrorBytes,
            Timeout = hook.Timeout,
        };
        var result = await children.RunAsync(command).ConfigureAwait(false);
        if (!result.StreamsEnd.IsCompleted)
        {
            held.Add(result.StreamsEnd);
        }

        return result switch
        {
            { WasStarted: false } => $"{hook.Name} {result.Fault}; change \"command\" of notify in config.yaml",
            { Fault: { } fault } => $"{hook.Name} {fault}",
            { ExitCode: 0 } => null,
            _ => string.Create(CultureInfo.InvariantCulture, $"{hook.Name} ended with exit code {result.ExitCode}{Quoted(result.Errors)}"),
        };
    }

    /// <summary>The first line of what it said.</summary>
    private static string Quoted(ReadOnlyMemory<byte> errors)
    {
        var text = Encoding.UTF8.GetString(errors.Span).TrimStart();
        var line = text.AsSpan(0, Math.Min(MaxQuotedChars, text.Length));
        var end = line.IndexOfAny('\r', '\n');
        return (end < 0 ? line : line[..end]) is { Length: > 0 } first ? $": {first}" : "";
    }
}
