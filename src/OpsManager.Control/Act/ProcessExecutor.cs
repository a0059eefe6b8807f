using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OpsManager.Control.Act;

// The one place that starts processes on a loop; everything else is kept from it by the list of banned symbols.
#pragma warning disable RS0030

/// <summary>Starts the command as a child process: its words as they are, no shell, the environment passed on, nothing on its stdin.</summary>
public sealed class ProcessExecutor(TimeProvider time) : IExecutor
{
    /// <summary>Of a longer output only the beginning is kept; the rest is read and forgotten, so that the command never waits for us.</summary>
    private const int MaxOutputChars = 16 * 1024;

    /// <summary>How long streams may stay open behind a command that has ended: something that it left behind holds them.</summary>
    private static readonly TimeSpan StreamsEnd = TimeSpan.FromMilliseconds(500);

    /// <summary>Files of this host are what they are.</summary>
    public Task<string?> PrepareAsync(ControlRequest request, CancellationToken cancel) => Task.FromResult<string?>(null);

    public async Task<Execution> RunAsync(ControlRequest request, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        var (command, timeout) = (request.Command, request.Timeout);
        var start = new ProcessStartInfo(command.File, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = request.Repo,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            return new Execution(null, "", $"{command.File} cannot be started: {error.Message}", WasStarted: false);
        }

        process.StandardInput.Close();
        var output = new StringBuilder();
        var reading = Task.WhenAll(Read(process.StandardOutput, output), Read(process.StandardError, output));
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        string? fault = null;
        try
        {
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            fault = cancel.IsCancellationRequested ? "it was interrupted and killed" : string.Create(CultureInfo.InvariantCulture, $"it did not end within {timeout.TotalSeconds:0.#} s and was killed");
        }

        await Task.WhenAny(reading, Task.Delay(StreamsEnd, time, CancellationToken.None)).ConfigureAwait(false);
        lock (output)
        {
            return new Execution(fault is null ? process.ExitCode : null, output.ToString().Trim(), fault, WasStarted: true);
        }
    }

    private static async Task Read(StreamReader stream, StringBuilder into)
    {
        var buffer = new char[4096];
        int count;
        while ((count = await stream.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            lock (into)
            {
                into.Append(buffer, 0, Math.Min(count, MaxOutputChars - into.Length));
            }
        }
    }
}
