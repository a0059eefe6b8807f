using System.Globalization;

namespace OpsManager.Service.Http;

/// <summary>
/// Bounds how many lines of the log refused requests take: anybody who can connect can be refused, as often as they like. The first of
/// a while have a line each, the others are counted, and one line says so at the end.
/// </summary>
internal sealed class RefusedRequests : IDisposable
{
    /// <summary>Refused requests with a line of their own in each <see cref="While"/>.</summary>
    public const int MaxLines = 20;

    /// <summary>From the first refused request to the line about those without one.</summary>
    public static readonly TimeSpan While = TimeSpan.FromSeconds(10);

    private readonly Action<string> tell;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private readonly SortedDictionary<int, long> uncovered = [];
    private int lines;
    private bool isOver = true;

    /// <param name="tell">Gets the line about those that were counted.</param>
    public RefusedRequests(TimeProvider time, Action<string> tell)
    {
        this.tell = tell;
        timer = time.CreateTimer(static self => ((RefusedRequests)self!).Tell(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether this one gets a line of its own; else it is counted.</summary>
    /// <param name="status">What it was refused with.</param>
    public bool TryTakeLine(int status)
    {
        lock (gate)
        {
            if (isOver)
            {
                (isOver, lines) = (false, 0);
                timer.Change(While, Timeout.InfiniteTimeSpan);
            }

            if (lines < MaxLines)
            {
                lines++;
                return true;
            }

            uncovered[status] = uncovered.GetValueOrDefault(status) + 1;
            return false;
        }
    }

    /// <summary>Writes the line about the requests counted so far.</summary>
    public void Dispose()
    {
        timer.Dispose();
        Tell();
    }

    private void Tell()
    {
        string? words = null;
        lock (gate)
        {
            isOver = true;
            if (uncovered.Count > 0)
            {
                var each = string.Join(
                    ", ",
                    uncovered.Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.Value:#,0} with status {one.Key}")));
                var count = uncovered.Values.Sum();
                words = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{count:#,0} more {(count == 1 ? "request" : "requests")} refused in the last {While.TotalSeconds:0} s, without a "
                        + $"line of {(count == 1 ? "its" : "their")} own: {each}.");
                uncovered.Clear();
            }
        }

        if (words is not null)
        {
            tell(words);
        }
    }
}
