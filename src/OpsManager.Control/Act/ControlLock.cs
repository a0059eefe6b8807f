using System.IO.Abstractions;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Control.Storage;
using OpsManager.Core.Rules.Control;
using OpsManager.Sources.Storage;

namespace OpsManager.Control.Act;

/// <summary>
/// The long lock of a control: from its check to its record, across processes (docs/control.md, "Two operators"). Approvals and
/// rejections share one for each loop; cancels have one for the repository, which no approval holds up.
/// </summary>
internal sealed class ControlLock : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(50);

    private readonly KernelLock? held;

    private ControlLock(KernelLock? held) => this.held = held;

    /// <summary>Who has held the lock for too long, so that nothing may be sent. Null where it was taken, or is not needed.</summary>
    public string? Refusal { get; private init; }

    /// <summary>Somebody else had it first: what was seen before is old.</summary>
    public bool HasWaited { get; private init; }

    /// <summary>Takes it as soon as it is free, and waits for it as long as the request may take.</summary>
    /// <param name="waits">Gets once who holds the lock, or why a cancel is sent without a lock.</param>
    /// <exception cref="LockException">It cannot be had for another reason than that somebody has it.</exception>
    public static async Task<ControlLock> TakeAsync(
        IFileSystem files, TimeProvider time, ControlRequest request, Action<string> waits, CancellationToken cancel)
    {
        var kept = new ManagerFiles(files, request.Place, request.Loop);
        var path = request.Intent is Intent.Cancel ? kept.CancelLock : kept.ControlLock;
        var began = time.GetTimestamp();
        for (var tries = 0; ; tries++)
        {
            try
            {
                if (KernelLock.TryTake(path, HolderOf(request, time)) is { } held)
                {
                    return new ControlLock(held) { HasWaited = tries > 0 };
                }
            }
            catch (LockException error) when (request.Intent is Intent.Cancel)
            {
                // A cancel stops runs also where nothing can be written, and whatever a repository has put in the lock's place.
                waits($"the cancel is sent without a lock: {error.Message}");
                return new ControlLock(null);
            }

            var known = ContractJson.TryRead(KernelLock.HolderOf(path), ContractJson.Default.LockHolder);
            var holder = known is null ? "another program" : $"{known.Words(Environment.MachineName, time.GetUtcNow())},";
            var what = request.Intent is Intent.Cancel ? "this repository's cancel" : $"loop {request.Loop}";
            if (time.GetElapsedTime(began) >= request.Timeout)
            {
                if (request.Intent is Intent.Cancel && known is null)
                {
                    // No manager is at work there: any program can hold a file.
                    waits($"the cancel is sent without a lock: another program holds {path}");
                    return new ControlLock(null);
                }

                const string Advice = "Nothing was sent: try again when it has ended, or end that process.";
                return new ControlLock(null) { Refusal = $"{holder} holds {what}. {Advice}" };
            }

            if (tries == 0)
            {
                waits($"waiting: {holder} holds {what}");
            }

            await Task.Delay(Again, time, cancel).ConfigureAwait(false);
        }
    }

    public void Dispose() => held?.Dispose();

    private static string HolderOf(ControlRequest request, TimeProvider time)
    {
        const int MaxNameChars = 100;
        var by = request.By.Length > MaxNameChars ? request.By[..MaxNameChars] : request.By;
        var holder = new LockHolder(request.Intent.Word, by, Environment.ProcessId, Environment.MachineName, time.GetUtcNow());
        return ContractJson.Write(holder, ContractJson.Default.LockHolder);
    }
}
