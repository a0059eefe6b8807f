using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace OpsManager.EndToEnd.Product;

/// <summary>The product as a child process that is killed and started again with the same words. What it says is kept.</summary>
internal sealed class KilledProgram(OperatorsHome home, params string[] arguments) : IDisposable
{
    private Process? process;

    /// <summary>Lines that it has written, of both streams, from all its starts.</summary>
    public ConcurrentQueue<string> Said { get; } = [];

    public void Start()
    {
        var start = new ProcessStartInfo(OpsManagerBinary.Path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in home.Environment())
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Ends it as by a failing host: SIGKILL.</summary>
    public void Kill()
    {
        if (process is { } running)
        {
            // One that has ended by itself is a fault of its own.
            Said.Enqueue(running.HasExited ? $"it had ended with {running.ExitCode}" : "killed");
            running.Kill();
            running.WaitForExit();
            running.Dispose();
            process = null;
        }
    }

    /// <summary>Sends it a signal by its name, such as STOP.</summary>
    public void Signal(string name)
    {
        Said.Enqueue($"signal {name}");
        using var kill = Process.Start("kill", [$"-{name}", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public bool HasEnded => process?.HasExited == true;

    public void Dispose() => Kill();

    private void Keep(string? line)
    {
        if (line is not null)
        {
            Said.Enqueue(line);
        }
    }
}
