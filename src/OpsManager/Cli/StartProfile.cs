using System.Diagnostics;
using System.Globalization;
using System.IO.Abstractions;
using System.Text;
using OpsManager.Sources.Files;
using OpsManager.Tui.Session;

namespace OpsManager.Cli;

/// <summary>
/// When each phase of the start was over, for <c>--profile-start</c>. Made by the first statement of the program, and only where it was
/// asked for. Any thread may mark; a phase is over once.
/// </summary>
internal sealed class StartProfile
{
    /// <summary>Ticks in which the kernel counts when a process started (USER_HZ).</summary>
    private const double TicksPerSecond = 100;

    /// <summary>The field of /proc/PID/stat with that time, counted behind the name of the program.</summary>
    private const int StartField = 19;

    private readonly Lock gate = new();
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly List<(string Phase, TimeSpan At)> marks = [];
    private readonly TimeSpan before;

    public StartProfile(IFileSystem files)
    {
        before = SinceProcessStart(files) - Stopwatch.GetElapsedTime(began) ?? TimeSpan.Zero;
        marks.Add((StartPhases.RuntimeReady, TimeSpan.Zero));
    }

    public void Mark(string phase)
    {
        lock (gate)
        {
            if (marks.TrueForAll(mark => mark.Phase != phase))
            {
                marks.Add((phase, Stopwatch.GetElapsedTime(began)));
            }
        }
    }

    /// <summary>A line for each phase that was reached, in the order of time: milliseconds from process start, and its name.</summary>
    public IReadOnlyList<string> Lines()
    {
        lock (gate)
        {
            return
            [
                Line(TimeSpan.Zero, "process start, known to 10 ms"),
                .. marks.OrderBy(static mark => mark.At).Select(mark => Line(before + mark.At, mark.Phase)),
            ];
        }
    }

    private static string Line(TimeSpan at, string phase) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.TotalMilliseconds,8:0.0} ms  {phase}");

    /// <summary>Null where the host does not say.</summary>
    private static TimeSpan? SinceProcessStart(IFileSystem files)
    {
        try
        {
            var door = GuardedFiles.Open(files, "/proc");
            var stat = Text(door.Read(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}/stat")));
            var started = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[StartField];
            var uptime = Text(door.Read("uptime")).Split(' ')[0];
            var passed = double.Parse(uptime, CultureInfo.InvariantCulture)
                - (double.Parse(started, CultureInfo.InvariantCulture) / TicksPerSecond);
            return TimeSpan.FromSeconds(Math.Max(0, passed));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static string Text(byte[]? bytes) => Encoding.ASCII.GetString(bytes ?? throw new FileNotFoundException());
}
