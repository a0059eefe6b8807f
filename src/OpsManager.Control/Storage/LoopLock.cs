using System.IO.Abstractions;

namespace OpsManager.Control.Storage;

/// <summary>
/// Keeps managers that share a loop's directory from doing the same thing twice: who holds it may read what is kept, decide and write.
/// It goes with its holder's process.
/// </summary>
public sealed class LoopLock : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(50);

    private readonly Stream held;

    private LoopLock(Stream held) => this.held = held;

    /// <summary>The lock; null where another manager has it now: try again soon.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static LoopLock? TryTake(IFileSystem files, ManagerFiles kept)
    {
        try
        {
            return new LoopLock(kept.Lock.Files.OpenReadWrite(kept.Lock.Path));
        }
        catch (IOException) when (kept.Lock.Exists)
        {
            return null;
        }
    }

    /// <summary>Takes it as soon as it is free.</summary>
    /// <exception cref="IOException">Another manager has had it for too long, or the file cannot be made.</exception>
    public static async Task<LoopLock> TakeAsync(IFileSystem files, ManagerFiles kept, TimeProvider time, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < Longest)
        {
            if (TryTake(files, kept) is { } taken)
            {
                return taken;
            }

            await Task.Delay(Again, time, cancel).ConfigureAwait(false);
        }

        throw new IOException($"another manager holds {kept.Lock}");
    }

    public void Dispose() => held.Dispose();
}
