using System.Globalization;
using System.Runtime.InteropServices;

namespace OpsManager.Service.Unix;

/// <summary>A directory, held by one program at a time; the kernel lets go of it when the program ends, however it ends.</summary>
internal sealed partial class DirectoryLock : IDisposable
{
    /// <summary>
    /// How long another program may hold it: a service that starts needs milliseconds; what holds it longer is no service.
    /// </summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TryEvery = TimeSpan.FromMilliseconds(20);

    private const int ReadOnlyCloseOnExec = 0x80000;
    private const int ExclusiveWithoutWaiting = 2 | 4;
    private const int Interrupted = 4;
    private const int WouldBlock = 11;

    private readonly int descriptor;

    private DirectoryLock(int descriptor) => this.descriptor = descriptor;

    /// <exception cref="IOException">Another program holds it all the time, or it cannot be opened or locked.</exception>
    public static async Task<DirectoryLock> TakeAsync(string directory, TimeProvider time, CancellationToken cancel = default)
    {
        var descriptor = open(directory, ReadOnlyCloseOnExec);
        if (descriptor < 0)
        {
            throw new IOException($"{directory} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        var taken = new DirectoryLock(descriptor);
        try
        {
            var began = time.GetTimestamp();
            while (flock(descriptor, ExclusiveWithoutWaiting) != 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error is not (WouldBlock or Interrupted))
                {
                    throw new IOException(
                        $"{directory} cannot be locked: {Marshal.GetPInvokeErrorMessage(error)}. Name a socket in another directory.");
                }

                if (time.GetElapsedTime(began) >= MaxWait)
                {
                    throw new IOException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"Another program has held the lock of {directory} for {MaxWait.TotalSeconds:0} s. End it (lslocks names it), "
                            + $"or name a socket in a directory of your own."));
                }

                await Task.Delay(TryEvery, time, cancel).ConfigureAwait(false);
            }

            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    public void Dispose() => _ = close(descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(int descriptor, int operation);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);
}
