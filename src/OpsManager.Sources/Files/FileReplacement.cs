using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace OpsManager.Sources.Files;

/// <summary>Writes a new file beside the old one and gives it the old one's name.</summary>
internal sealed class FileReplacement(LinuxTree tree)
{
    /// <summary>How much older than our own a half-written file has to be before it counts as left behind.</summary>
    private static readonly TimeSpan LeftBehind = TimeSpan.FromMinutes(1);

    private static int replaced;

    /// <summary>Puts a new file in the place of the one that is there; nobody ever sees half of it.</summary>
    /// <param name="isOwn">Only its owner may read it.</param>
    public void Replace(string path, ReadOnlySpan<byte> bytes, bool isOwn = false)
    {
        var name = RepoPath.Cut(path).Name;
        var parent = tree.OpenParent(path);
        var temporary = string.Create(
            CultureInfo.InvariantCulture, $"{name}.{Environment.ProcessId}.{Interlocked.Increment(ref replaced)}.tmp");
        try
        {
            Write(parent, temporary, bytes, path, isOwn ? LinuxFiles.OwnPermissions : LinuxFiles.FilePermissions);
            if (LinuxFiles.RenameIn(parent, temporary, name) is < 0 and var error)
            {
                throw tree.Fault(path, -error);
            }

            RemoveLeftBehind(parent, name, path);
        }
        catch
        {
            _ = LinuxFiles.RemoveIn(parent, temporary);
            throw;
        }
        finally
        {
            LinuxFiles.CloseNow(parent);
        }
    }

    private void Write(int parent, string name, ReadOnlySpan<byte> bytes, string path, uint permissions)
    {
        const int Flags = LinuxFiles.WriteOnly | LinuxFiles.Create | LinuxFiles.Exclusive | LinuxFiles.CloseOnExec;
        var opened = LinuxFiles.OpenIn(parent, name, Flags | LinuxFiles.NoFollow, permissions);
        if (opened < 0)
        {
            throw tree.Fault(path, -opened);
        }

        using var stream = new FileStream(new SafeFileHandle(opened, ownsHandle: true), FileAccess.Write, bufferSize: 0);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Removes what managers that were killed in the middle of <see cref="Replace"/> left beside the file.</summary>
    private void RemoveLeftBehind(int parent, string name, string path)
    {
        if (LinuxFiles.StatIn(parent, name, out var ours) != 0)
        {
            return;
        }

        var opened = LinuxFiles.OpenIn(parent, ".", LinuxFiles.Directory | LinuxFiles.CloseOnExec);
        if (opened < 0)
        {
            return;
        }

        try
        {
            if (DirectoryNames.Read(opened, out var names) is < 0 and var error)
            {
                throw tree.Fault(path, -error);
            }

            foreach (var (other, _) in names)
            {
                if (TemporaryFile.WriterOf(other, name) is { } pid && pid != Environment.ProcessId && !LinuxFiles.ProcessExists(pid)
                    && LinuxFiles.StatIn(parent, other, out var found) == 0 && found.Stamp.ModifiedAt < ours.Stamp.ModifiedAt - LeftBehind)
                {
                    _ = LinuxFiles.RemoveIn(parent, other);
                }
            }
        }
        finally
        {
            LinuxFiles.CloseNow(opened);
        }
    }
}
