using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO.Abstractions;
using System.Text;

namespace OpsManager.Control.Notify;

// The operator's own command, which knows nothing of loops but what it is told; no other code here starts a process.
#pragma warning disable RS0030

/// <summary>Runs the operator's command as a child process: its words as they are, no shell, one line on its stdin, then the end. One run at a time.</summary>
public sealed class HookProcess(IFileSystem files, Func<string, string?> environment, TimeProvider time)
{
    /// <summary>Of what it writes to stderr; the rest, and all of stdout, is read and forgotten, so that it never waits for us.</summary>
    private const int MaxSaidChars = 1024;

    private const int MaxQuotedChars = 160;

    /// <summary>Runs whose output may still be held by what they left behind: each costs two threads.</summary>
    private const int MaxHeld = 4;

    /// <summary>How long streams may stay open behind a command that has ended.</summary>
    private static readonly TimeSpan StreamsEnd = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan KillEnd = TimeSpan.FromSeconds(2);

    private readonly List<Task> held = [];

    /// <summary>The file behind the first word of a command: a path as it is, a name from PATH; null where there is none.</summary>
    /// <remarks>By ourselves: the system's way would look into the working directory first, which may be anybody's repository.</remarks>
    public static string? Find(IFileSystem files, Func<string, string?> environment, string name) => name.Contains('/', StringComparison.Ordinal)
        ? files.File.Exists(name) ? name : null
        : (environment("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Where(files.Path.IsPathRooted)
            .Select(folder => files.Path.Combine(folder, name))
            .FirstOrDefault(files.File.Exists);

    /// <param name="line">Without its end. Short enough for a pipe to take it whole.</param>
    /// <returns>What went wrong; null where the command ended with 0.</returns>
    public async Task<string?> RunAsync(HookSettings hook, string line)
    {
        held.RemoveAll(static reading => reading.IsCompleted);
        if (held.Count >= MaxHeld)
        {
            return $"{hook.Name} is not started: what it left behind {held.Count} times still holds its output, which must be redirected";
        }

        if (Find(files, environment, hook.Name) is not { } file)
        {
            return $"{hook.Name} {(hook.Name.Contains('/', StringComparison.Ordinal) ? "is not there" : "is not on PATH")}";
        }

        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(file, hook.Words.Skip(1))
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        using var limit = new CancellationTokenSource(hook.Timeout, time);
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            return $"{hook.Name} cannot be started: {new Win32Exception(error.NativeErrorCode).Message}";
        }

        var said = new StringBuilder();
        var reading = Task.WhenAll(DrainAsync(process.StandardOutput, null), DrainAsync(process.StandardError, said));
        await WriteAsync(process.StandardInput.BaseStream, line).ConfigureAwait(false);
        string? fault = null;
        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            fault = $"{string.Create(CultureInfo.InvariantCulture, $"{hook.Name} did not end within {hook.Timeout.TotalSeconds:0.#} s")} and {await KillAsync(process).ConfigureAwait(false)}";
        }

        if (await Task.WhenAny(reading, Task.Delay(StreamsEnd, time, CancellationToken.None)).ConfigureAwait(false) == reading)
        {
            await reading.ConfigureAwait(false);
        }
        else
        {
            held.Add(reading);
        }

        return fault ?? (process.ExitCode == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{hook.Name} ended with {process.ExitCode}{Quoted(said)}"));
    }

    private static async Task WriteAsync(Stream stdin, string line)
    {
        try
        {
            await using (stdin.ConfigureAwait(false))
            {
                await stdin.WriteAsync(Encoding.UTF8.GetBytes(line + "\n")).ConfigureAwait(false);
            }
        }
        catch (IOException)
        {
            // It ended, or closed its stdin, without reading: its exit code says whether that was a failure.
        }
    }

    private async Task<string> KillAsync(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(KillEnd, time).ConfigureAwait(false);
            return "was killed";
        }
        catch (Exception error) when (error is TimeoutException or AggregateException or Win32Exception or InvalidOperationException)
        {
            return $"could not be killed: {error.Message}";
        }
    }

    /// <summary>The first line of what it said.</summary>
    private static string Quoted(StringBuilder said)
    {
        string text;
        lock (said)
        {
            text = said.ToString().TrimStart();
        }

        var line = text.AsSpan(0, Math.Min(MaxQuotedChars, text.Length));
        var end = line.IndexOfAny('\r', '\n');
        return (end < 0 ? line : line[..end]) is { Length: > 0 } first ? $": {first}" : "";
    }

    private static async Task DrainAsync(StreamReader stream, StringBuilder? into)
    {
        var buffer = new char[1024];
        int count;
        while ((count = await stream.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            if (into is not null)
            {
                lock (into)
                {
                    into.Append(buffer, 0, Math.Min(count, MaxSaidChars - into.Length));
                }
            }
        }
    }
}
