using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using OpsManager.Sources.Files;

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

    private const int Exclusive = 2;
    private const int NoWait = 4;
    private const int Unlock = 8;
    private const int WouldBlock = 11;

    private readonly SafeFileHandle handle;
    private readonly bool isNamed;

    private KernelLock(SafeFileHandle handle, string holder)
    {
        (this.handle, isNamed) = (handle, holder.Length > 0);
        Name(holder);
    }

    /// <summary>The lock; null where somebody has it now. Its file is made where there is none.</summary>
    /// <param name="holder">Who takes it, for people; decides nothing.</param>
    /// <exception cref="LockException">Anything else: the caller must not act as if it had the lock.</exception>
    public static KernelLock? TryTake(GuardedPath path, string holder = "")
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var handle = Open(path);
            try
            {
                if (Lock(handle, Exclusive | NoWait) is var error and not 0)
                {
                    handle.Dispose();
                    return error == WouldBlock ? null
                        : throw new LockException(
                            $"{path} cannot be locked: {Marshal.GetPInvokeErrorMessage(error)}. Its file system may have no locks; run "
                                + $"the command by hand.");
                }

                // Whoever removed or replaced the file meanwhile would lock another one.
                if (LinuxFiles.Stat((int)handle.DangerousGetHandle(), out var file) == 0
                    && path.Files.Probe(path.Path).Stamp.Identity == file.Stamp.Identity)
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

        throw new LockException($"{path} is replaced again and again. Find out by what, then try again.");
    }

    /// <summary>The lock, as soon as it is free; null where somebody has it for longer than <paramref name="max"/>.</summary>
    /// <param name="again">Between two tries.</param>
    /// <exception cref="LockException">As of <see cref="TryTake"/>.</exception>
    public static async Task<KernelLock?> TakeAsync(
        GuardedPath path, TimeProvider time, TimeSpan max, TimeSpan again, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            if (time.GetElapsedTime(began) >= max)
            {
                return null;
            }

            await Task.Delay(again, time, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Who holds it, as they wrote it; null where nobody has written. The text is another program's.</summary>
    public static string? HolderOf(GuardedPath path)
    {
        try
        {
            if (path.Files.Probe(path.Path) is not { IsPresent: true, HasOtherNames: false })
            {
                return null;
            }

            var bytes = new byte[MaxHolderBytes];
            var count = path.Files.ReadAt(path.Path, 0, bytes);
            return count == 0 ? null : Encoding.UTF8.GetString(bytes, 0, count);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
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

            // Closing alone would not do: a program that is being started has a copy of the handle until it runs, and with it the lock.
            _ = Lock(handle, Unlock);
            handle.Dispose();
        }
    }

    private static SafeFileHandle Open(GuardedPath path)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new LockException("Locks need Linux. Run the command by hand.");
        }

        try
        {
            return path.Files.OpenHandle(path.Path);
        }
        catch (PathRefusedException error)
        {
            throw new LockException($"{error.Message}. Remove it, then try again.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LockException($"{error.Message.TrimEnd('.')}. Make {path} writable, then try again.", error);
        }
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

    private static int Lock(SafeFileHandle handle, int operation)
    {
        int error;
        do
        {
            error = FLock(handle, operation) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
        while (error == LinuxFiles.Interrupted);
        return error;
    }

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int FLock(SafeFileHandle file, int operation);
}
