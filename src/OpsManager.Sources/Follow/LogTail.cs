using OpsManager.Core.Events;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Follow;

/// <summary>The end of a large log, which is shown and followed until the whole of it is indexed.</summary>
internal sealed class LogTail
{
    private readonly LineScanner scanner;

    private LogTail(EventLog log, LineScanner scanner) => (Log, this.scanner) = (log, scanner);

    public EventLog Log { get; }

    /// <summary>First byte that has not been read.</summary>
    public long Position => scanner.Position;

    /// <summary>The last <paramref name="length"/> bytes of a log of <paramref name="size"/>; null where no line ends in them.</summary>
    public static LogTail? Open(IRepoFiles files, string path, long size, int length)
    {
        var bytes = new byte[length];
        var read = files.ReadAt(path, size - length, bytes);
        // A line that began before is not one of the tail's.
        var first = bytes.AsSpan(0, read).IndexOf((byte)'\n') + 1;
        var log = new EventLog(isTail: true);
        var scanner = new LineScanner(log, size - length + first);
        scanner.Take(bytes.AsSpan(first, read - first));
        return log.Count > 0 ? new LogTail(log, scanner) : null;
    }

    /// <summary>Reads what was appended, up to <paramref name="size"/>.</summary>
    public void ReadOn(IRepoFiles files, string path, long size) => ForwardRead.To(files, path, scanner, null, size, int.MaxValue);
}
