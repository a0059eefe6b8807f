using System.Runtime.InteropServices;

namespace OpsManager.Service.Unix;

/// <summary>A directory, held by one program at a time; the kernel lets go of it when the program ends, however it ends.</summary>
internal sealed partial class DirectoryLock : IDisposable
{
    private const int ReadOnlyCloseOnExec = 0x80000;
    private const int ExclusiveWithoutWaiting = 2 | 4;

    private readonly int descriptor;

    private DirectoryLock(int descriptor) => this.descriptor = descriptor;

    /// <exception cref="IOException">Another program holds it, or it cannot be opened.</exception>
    public static DirectoryLock Take(string directory)
    {
        var descriptor = open(directory, ReadOnlyCloseOnExec);
        if (descriptor < 0)
        {
            throw new IOException($"{directory} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        if (flock(descriptor, ExclusiveWithoutWaiting) == 0)
        {
            return new DirectoryLock(descriptor);
        }

        var words = Marshal.GetLastPInvokeErrorMessage();
        _ = close(descriptor);
        throw new IOException($"{directory} is locked by another program ({words}). Start again in a moment, or name a socket in a directory of your own.");
    }

    public void Dispose() => _ = close(descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(int descriptor, int operation);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);
}
