using System.IO.Abstractions;
using OpsManager.Sources.Storage;

namespace OpsManager.Control.Storage;

/// <summary>
/// The short lock of a loop's files: who holds it may read what is kept, decide and write, and lets go at once. It goes with its
/// holder's process. Where the long lock of a control is held too, that one was taken first.
/// </summary>
public sealed class LoopLock : IDisposable
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(50);

    private readonly KernelLock held;

    private LoopLock(KernelLock held) => this.held = held;

    /// <summary>The lock; null where another manager has it now: try again soon.</summary>
    /// <exception cref="LockException">It cannot be had for another reason.</exception>
    public static LoopLock? TryTake(IFileSystem files, ManagerFiles kept) =>
        KernelLock.TryTake(kept.Lock) is { } held ? new LoopLock(held) : null;

    /// <summary>Takes it as soon as it is free.</summary>
    /// <param name="max">How long to wait; null for what is right where nothing but a few files is written under it.</param>
    /// <exception cref="LockException">Another manager has had it for too long, or it cannot be had for another reason.</exception>
    public static async Task<LoopLock> TakeAsync(
        IFileSystem files, ManagerFiles kept, TimeProvider time, CancellationToken cancel, TimeSpan? max = null) =>
        await KernelLock.TakeAsync(kept.Lock, time, max ?? MaxWait, Again, cancel).ConfigureAwait(false) is { } held
            ? new LoopLock(held)
            : throw new LockException($"another manager holds {kept.Lock}; try again");

    public void Dispose() => held.Dispose();
}
