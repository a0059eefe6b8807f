using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OpsManager.EndToEnd.Pty;

/// <summary>
/// Runs a command in a raw pseudo terminal, by way of script(1), and keeps every byte it sends. Knows the settings of the terminal
/// before and after the command.
/// </summary>
public sealed class ScriptPty : IAsyncDisposable
{
    private readonly Process script;
    private readonly string directory;
    private readonly Task reading;
    private readonly List<byte> received = [];
    private readonly SemaphoreSlim changed = new(0);

    private ScriptPty(Process script, string directory)
    {
        this.script = script;
        this.directory = directory;
        reading = ReadAsync();
    }

    /// <summary>Everything received so far.</summary>
    public string Output => Encoding.UTF8.GetString(Bytes);

    /// <summary>Everything received so far, as it was sent.</summary>
    public byte[] Bytes
    {
        get
        {
            lock (received)
            {
                return [.. received];
            }
        }
    }

    /// <summary>Starts <paramref name="command"/>, a line for sh; skips the test where script(1) is missing.</summary>
    public static ScriptPty Start(
        string command, int columns = 80, int rows = 24, IReadOnlyDictionary<string, string?>? environment = null)
    {
        Tool.Require("script");
        Tool.Require("stty");
        var directory = Directory.CreateTempSubdirectory("pty-").FullName;
        // The settings are taken around the command, in the terminal it runs in; the shell that becomes the command tells its number.
        var line = $"stty cols {columns} rows {rows}; stty -g > {Tool.Quote($"{directory}/before")}; "
            + $"sh -c {Tool.Quote($"echo $$ > {Tool.Quote($"{directory}/pid")}; exec {command}")}; code=$?; "
            + $"stty -g > {Tool.Quote($"{directory}/after")}; exit $code";
        var start = new ProcessStartInfo("script", ["-qefc", line, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Tool.Apply(environment, start);
        start.Environment["SHELL"] = "/bin/sh";
        return new ScriptPty(Process.Start(start) ?? throw new InvalidOperationException("script did not start"), directory);
    }

    /// <summary>Types; what is sent arrives as it is.</summary>
    public async Task SendAsync(string text, CancellationToken cancel)
    {
        await script.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
        await script.StandardInput.BaseStream.FlushAsync(cancel);
    }

    /// <summary>Sends a signal, by its name without SIG, to the command alone.</summary>
    public async Task SignalAsync(string signal, CancellationToken cancel) =>
        await Tool.RunAsync("kill", [$"-{signal}", ProcessId.ToString(CultureInfo.InvariantCulture)], null, cancel);

    /// <summary>Takes the terminal away from the command, as a lost connection does.</summary>
    public void HangUp() => script.Kill();

    /// <summary>The number of the command's process, once it has started.</summary>
    public int ProcessId => int.Parse(File.ReadAllText(Path.Combine(directory, "pid")), CultureInfo.InvariantCulture);

    /// <summary>Whether the terminal's settings are what they were before the command; only after it has ended.</summary>
    public bool SettingsAreBack =>
        File.ReadAllText(Path.Combine(directory, "before")) == File.ReadAllText(Path.Combine(directory, "after"));

    /// <summary>Waits until the command's process runs no more, also when nobody is left to collect its exit code.</summary>
    /// <exception cref="TimeoutException">It still runs after the time.</exception>
    public async Task WaitUntilGoneAsync(TimeSpan within, CancellationToken cancel)
    {
        var status = $"/proc/{ProcessId}/stat";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(within);
        using var glances = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        try
        {
            // The letter after the name in brackets; Z is ended and not collected.
            while (File.Exists(status) && !File.ReadAllText(status).Contains(") Z", StringComparison.Ordinal))
            {
                await glances.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"still runs after {within}");
        }
        catch (IOException)
        {
            // It ended between the two looks.
        }
    }

    /// <summary>Waits until the output satisfies <paramref name="wanted"/>.</summary>
    /// <exception cref="TimeoutException">It did not within the time; the message has the output.</exception>
    public async Task WaitForAsync(Func<string, bool> wanted, TimeSpan within, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(within);
        try
        {
            while (!wanted(Output))
            {
                if (reading.IsCompleted)
                {
                    throw new InvalidOperationException($"the command ended: {Show(Output)}");
                }

                await changed.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"not within {within}: {Show(Output)}");
        }
    }

    /// <summary>Waits for the end of the command and gives its exit code (128 + n when signal n killed it).</summary>
    /// <exception cref="TimeoutException">It did not end within the time.</exception>
    public async Task<int> WaitForExitAsync(TimeSpan within, CancellationToken cancel)
    {
        try
        {
            await script.WaitForExitAsync(cancel).WaitAsync(within, cancel);
            await reading.WaitAsync(within, cancel);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"did not end within {within}: {Show(Output)}");
        }

        return script.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!script.HasExited)
        {
            script.Kill(entireProcessTree: true);
        }

        await reading;
        script.Dispose();
        changed.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[8192];
        int count;
        while ((count = await script.StandardOutput.BaseStream.ReadAsync(buffer)) > 0)
        {
            lock (received)
            {
                received.AddRange(buffer.AsSpan(0, count));
            }

            changed.Release();
        }

        changed.Release();
    }

    private static string Show(string output) => output.Replace("\e", "␛", StringComparison.Ordinal);
}
