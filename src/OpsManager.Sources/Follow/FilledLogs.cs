using System.Collections.Concurrent;

namespace OpsManager.Sources.Follow;

/// <summary>
/// Logs of which the copy got lines that it had left out: another file has replaced them, and it is the same log. Safe for several
/// threads.
/// </summary>
internal sealed class FilledLogs
{
    private readonly ConcurrentDictionary<string, int> times = new(StringComparer.Ordinal);

    public void Add(string loop) => times.AddOrUpdate(loop, 1, static (_, known) => known + 1);

    /// <summary>How often the log of a loop was filled.</summary>
    public int Times(string loop) => times.GetValueOrDefault(loop);
}
