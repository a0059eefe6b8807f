using System.IO.Abstractions;
using System.Text;

namespace OpsManager.Sources.Storage;

/// <summary>Writes the manager's own files so that a reader never sees half of one, and another manager's lines are never cut.</summary>
public sealed class AtomicFile(IFileSystem files)
{
    /// <summary>A line that has not grown for so many looks is nobody's any more.</summary>
    private const int EnoughLooks = 25;

    /// <summary>Replaces the file by rename; what stood there stays whole until the new text is on disk.</summary>
    public void Replace(string path, string text)
    {
        files.Directory.CreateDirectory(files.Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var stream = files.FileStream.New(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(Encoding.UTF8.GetBytes(text + "\n"));
                stream.Flush(flushToDisk: true);
            }

            files.File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            files.File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Appends one whole line with one write, which the system does not mix with another writer's.</summary>
    /// <param name="durable">Wait until it is on disk.</param>
    public void AppendLine(string path, string line, bool durable = false)
    {
        files.Directory.CreateDirectory(files.Path.GetDirectoryName(path)!);
        var start = EndsInTheMiddle(path) ? "\n" : "";
        using var stream = AppendStream.Open(files, path);
        stream.Write(Encoding.UTF8.GetBytes($"{start}{line}\n"));
        if (durable)
        {
            Flush(stream);
        }
    }

    private static void Flush(Stream stream)
    {
        if (stream is FileSystemStream file)
        {
            file.Flush(flushToDisk: true);
        }
        else
        {
            ((FileStream)stream).Flush(flushToDisk: true);
        }
    }

    /// <summary>Whether somebody's last line lacks its end: a disk was full, or a writer died.</summary>
    private bool EndsInTheMiddle(string path)
    {
        // Another writer may be at it right now: a long line becomes visible page by page. One that was left does not grow.
        var spin = new SpinWait();
        var (size, isWhole) = LookAtEnd(path);
        for (var looks = 0; !isWhole && looks < EnoughLooks; looks++)
        {
            spin.SpinOnce();
            var before = size;
            (size, isWhole) = LookAtEnd(path);
            looks = size == before ? looks : 0;
        }

        return !isWhole;
    }

    private (long Size, bool IsWhole) LookAtEnd(string path)
    {
        if (!files.File.Exists(path))
        {
            return (0, true);
        }

        using var stream = files.FileStream.New(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var size = stream.Length;
        if (size == 0)
        {
            return (0, true);
        }

        stream.Position = size - 1;
        return (size, stream.ReadByte() == '\n');
    }
}
