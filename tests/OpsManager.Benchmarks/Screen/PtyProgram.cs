using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OpsManager.Benchmarks.Screen;

/// <summary>
/// A full-screen program in a pseudo terminal of script(1): types, and knows when which bytes came and what the process took.
/// </summary>
public sealed class PtyProgram : IDisposable
{
    private const char Started = '\u0001';

    private readonly Process script;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ops-pty-");
    private readonly Thread reading;
    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private readonly AutoResetEvent arrived = new(false);
    private long bytes;
    private long lastAt;

    /// <param name="command">For sh; quoted where it has to be.</param>
    /// <param name="state">The state folder; null for one that is empty.</param>
    public PtyProgram(string command, int columns = 160, int rows = 45, string? state = null)
    {
        // The mark is sent when the shell becomes the program: from there on it is the program's own time.
        var line = $"stty cols {columns} rows {rows}; echo $$ > {folder.FullName}/pid; printf '\\001'; exec {command}";
        script = Process.Start(new ProcessStartInfo("script", ["-qefc", line, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = {
                ["SHELL"] = "/bin/sh", ["TERM"] = "xterm-256color", ["LC_ALL"] = "C.UTF-8", ["XDG_STATE_HOME"] = state ?? folder.FullName,
                ["XDG_CONFIG_HOME"] = folder.FullName
            },
        })!;
        reading = new Thread(Read) { IsBackground = true };
        reading.Start();
        StartedAt = WaitFor(Started.ToString(), TimeSpan.FromSeconds(10));
        lock (gate)
        {
            (bytes, _) = (0, text.Clear());
        }
    }

    /// <summary>When the program began, by <see cref="Stopwatch"/>.</summary>
    public long StartedAt { get; }

    /// <summary>Bytes that the program has sent.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Forgets what was received, so that <see cref="WaitFor"/> looks for what comes now.</summary>
    public void Forget()
    {
        lock (gate)
        {
            text.Clear();
        }
    }

    public void Type(string keys)
    {
        script.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(keys));
        script.StandardInput.BaseStream.Flush();
    }

    /// <summary>Waits until a text has come, and gives the time at which it had.</summary>
    public long WaitFor(string wanted, TimeSpan within) => Wait(() => text.ToString().Contains(wanted, StringComparison.Ordinal), within)
        ?? throw new TimeoutException($"\"{wanted}\" did not come within {within}");

    /// <summary>When what has come was as it is wanted; null where that does not happen.</summary>
    public long? Has(Func<string, bool> wanted, TimeSpan within) => Wait(() => wanted(text.ToString()), within);

    /// <summary>The time of the first output beyond so many bytes; null where none comes.</summary>
    public long? WaitBeyond(long count, TimeSpan within) => Wait(() => Bytes > count, within);

    /// <summary>Processor time of the whole process so far, to the nanosecond.</summary>
    public TimeSpan Processor => TimeSpan.FromTicks(Directory.GetDirectories($"/proc/{ProcessId}/task")
        .Sum(static task => long.Parse(File.ReadAllText($"{task}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture)) / 100);

    /// <summary>The same in hundredths of a second, with that of threads that have ended.</summary>
    public TimeSpan ProcessorOfAll => TimeSpan.FromMilliseconds(10 * File.ReadAllText($"/proc/{ProcessId}/stat")
        .Split(") ")[^1].Split(' ')[11..13].Sum(static ticks => long.Parse(ticks, CultureInfo.InvariantCulture)));

    /// <summary>Resident memory now, and at its highest, in MiB.</summary>
    public (double Now, double Peak) Resident => (Kib("VmRSS:") / 1024, Kib("VmHWM:") / 1024);

    public void Dispose()
    {
        Process.Start("kill", ProcessId.ToString(CultureInfo.InvariantCulture))!.WaitForExit();
        if (!script.WaitForExit(3000))
        {
            script.Kill(entireProcessTree: true);
        }

        reading.Join();
        script.Dispose();
        arrived.Dispose();
        folder.Delete(recursive: true);
    }

    private int ProcessId => int.Parse(File.ReadAllText($"{folder.FullName}/pid"), CultureInfo.InvariantCulture);

    private double Kib(string field) => double.Parse(
        File.ReadLines($"/proc/{ProcessId}/status")
            .First(line => line.StartsWith(field, StringComparison.Ordinal))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    private long? Wait(Func<bool> there, TimeSpan within)
    {
        var end = Stopwatch.GetTimestamp() + (long)(within.TotalSeconds * Stopwatch.Frequency);
        while (true)
        {
            lock (gate)
            {
                if (there())
                {
                    return lastAt;
                }
            }

            var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), end);
            if (left <= TimeSpan.Zero || !arrived.WaitOne(left))
            {
                return null;
            }
        }
    }

    private void Read()
    {
        var buffer = new byte[65536];
        int count;
        while ((count = script.StandardOutput.BaseStream.Read(buffer)) > 0)
        {
            var at = Stopwatch.GetTimestamp();
            lock (gate)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, count));
                lastAt = at;
                bytes += count;
            }

            arrived.Set();
        }
    }
}
