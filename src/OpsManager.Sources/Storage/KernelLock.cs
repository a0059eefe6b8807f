using System.IO.Abstractions;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OpsManager.Sources.Storage;

/// <summary>
/// A lock on a file that the kernel keeps (flock(2)): one holder on a host, free as soon as the holder's process has ended, however
/// it ended. Children do not inherit it. .NET's own locks ignore every error but one, so on some file systems two would hold one.
/// </summary>
public sealed partial class KernelLock : IDisposable
{
    /// <summary>Longest text that is read of who holds a lock, in bytes.</summary>
    private const int MaxHolderBytes = 1024;

    /// <summary>How often a file that was replaced between opening and locking is opened again.</summary>
    private const int MaxTries = 16;

    private readonly SafeFileHandle handle;
    private readonly bool isNamed;

    private KernelLock(SafeFileHandle handle, string holder)
    {
        (this.handle, isNamed) = (handle, holder.Length > 0);
        Name(holder);
    }

    /// <summary>The lock; null where somebody has it now.</summary>
    /// <param name="holder">Who takes it, for people; decides nothing.</param>
    /// <exception cref="LockException">Anything else: then nobody may act as if they had it.</exception>
    public static KernelLock? TryTake(IFileSystem files, string path, string holder = "")
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var handle = Open(files, path);
            try
            {
                var file = Checked(handle, path);
                if (Call(() => flock(handle, Native.Exclusive | Native.NoWait)) is var error and not 0)
                {
                    handle.Dispose();
                    return error == Native.WouldBlock ? null
                        : throw new LockException($"{path} cannot be locked: {Marshal.GetPInvokeErrorMessage(error)}. Its file system may have no locks; run the command by hand.", isUnwritable: true);
                }

                // Whoever removed or replaced the file meanwhile would lock another one.
                if (statx(Native.CurrentDirectory, path, Native.DoNotFollow, Native.BasicStats, out var now) == 0 && now.IsSameFile(file))
                {
                    return new KernelLock(handle, holder);
                }
            }
            catch
            {
                handle.Dispose();
                throw;
            }

            handle.Dispose();
        }

        throw new LockException($"{path} is replaced again and again. Find out by what, then try again.", isUnwritable: false);
    }

    /// <summary>Who says that they hold it, as they wrote it; null where nobody does. The text is another program's.</summary>
    public static string? HolderOf(IFileSystem files, string path)
    {
        try
        {
            using var handle = Open(files, path);
            Checked(handle, path);
            var bytes = new byte[MaxHolderBytes];
            var count = RandomAccess.Read(handle, bytes, 0);
            return count == 0 ? null : Encoding.UTF8.GetString(bytes, 0, count);
        }
        catch (IOException)
        {
            // Only the name is missing: the lock itself has its own faults, and they are told.
            return null;
        }
    }

    public void Dispose()
    {
        if (!handle.IsClosed)
        {
            Name("");
            handle.Dispose();
        }
    }

    /// <summary>Opens the lock's file, and makes it where there is none. No link is followed, nothing is waited for, no child gets it.</summary>
    private static SafeFileHandle Open(IFileSystem files, string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new LockException("Locks need Linux. Run the command by hand.", isUnwritable: false);
        }

        try
        {
            files.Directory.CreateDirectory(files.Path.GetDirectoryName(path)!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LockException($"{path} cannot be made: {error.Message.TrimEnd('.')}. Make its directory writable, then try again.", isUnwritable: true, error);
        }

        var fault = 0;
        SafeFileHandle? handle = null;
        do
        {
            handle?.Dispose();
            handle = open(path, Native.ReadWrite | Native.Create | Native.CloseOnExec | Native.NoBlocking | Native.NoFollow, Native.Mode);
            fault = handle.IsInvalid ? Marshal.GetLastPInvokeError() : 0;
        }
        while (fault == Native.Interrupted);
        if (fault == 0)
        {
            return handle;
        }

        handle.Dispose();
        throw Native.IsPlanted(fault)
            ? new LockException($"{path} is a link or no regular file. Remove it, then try again.", isUnwritable: false)
            : new LockException($"{path} cannot be opened for writing: {Marshal.GetPInvokeErrorMessage(fault)}. Make it writable, then try again.", isUnwritable: true);
    }

    /// <summary>What was opened, where it is a file that only this name leads to.</summary>
    private static Native.Statx Checked(SafeFileHandle handle, string path)
    {
        if (statx(handle, "", Native.EmptyPath, Native.BasicStats, out var file) != 0)
        {
            throw new LockException($"{path} cannot be looked at: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.", isUnwritable: false);
        }

        if (!file.IsRegular)
        {
            throw new LockException($"{path} is a link or no regular file. Remove it, then try again.", isUnwritable: false);
        }

        // None: it has just been removed, which is noticed once it is locked.
        return file.Links <= 1 ? file : throw new LockException($"{path} has another hard link. Remove it, then try again.", isUnwritable: false);
    }

    private void Name(string holder)
    {
        if (!isNamed)
        {
            return;
        }

        try
        {
            RandomAccess.SetLength(handle, 0);
            RandomAccess.Write(handle, Encoding.UTF8.GetBytes(holder), 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full disk: it is held all the same, and nobody can be told by whom.
        }
    }

    private static int Call(Func<int> call)
    {
        int error;
        do
        {
            error = call() == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
        while (error == Native.Interrupted);
        return error;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(SafeFileHandle file, int operation);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(SafeFileHandle directory, string path, int flags, uint mask, out Native.Statx result);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int directory, string path, int flags, uint mask, out Native.Statx result);

    /// <summary>Linux's numbers.</summary>
    private static class Native
    {
        public const int ReadWrite = 0x2;
        public const int Create = 0x40;
        public const int NoBlocking = 0x800;
        public const int CloseOnExec = 0x80000;
        public const uint Mode = 0x1B6; // 0666, less the umask: managers of several users may share a directory.
        public const int Exclusive = 2;
        public const int NoWait = 4;
        public const int Interrupted = 4;
        public const int WouldBlock = 11;
        public const int CurrentDirectory = -100;
        public const int DoNotFollow = 0x100;
        public const int EmptyPath = 0x1000;
        public const uint BasicStats = 0x7ff;

        public static int NoFollow { get; } = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x8000 : 0x20000;

        /// <summary>A link (ELOOP), a directory (EISDIR), a socket (ENXIO) or a device (ENODEV) stands where the file should be.</summary>
        public static bool IsPlanted(int error) => error is 40 or 21 or 6 or 19;

        /// <summary>struct statx of the kernel's interface; the same on every architecture.</summary>
        [StructLayout(LayoutKind.Explicit, Size = 256)]
        public struct Statx
        {
            [FieldOffset(16)] public uint Links;
            [FieldOffset(28)] public ushort Mode;
            [FieldOffset(32)] public ulong Inode;
            [FieldOffset(136)] public uint DeviceMajor;
            [FieldOffset(140)] public uint DeviceMinor;

            public readonly bool IsRegular => (Mode & 0xF000) == 0x8000;

            public readonly bool IsSameFile(Statx other) => (Inode, DeviceMajor, DeviceMinor) == (other.Inode, other.DeviceMajor, other.DeviceMinor);
        }
    }
}

/// <summary>A lock cannot be had for another reason than that somebody holds it. The message names the file and says what to do.</summary>
/// <param name="isUnwritable">The host cannot keep the file; nothing is wrong with what stands there.</param>
public sealed class LockException(string message, bool isUnwritable, Exception? inner = null) : IOException(message, inner)
{
    public bool IsUnwritable => isUnwritable;
}
