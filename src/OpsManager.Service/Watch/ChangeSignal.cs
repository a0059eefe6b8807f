using System.Reactive;
using System.Reactive.Linq;
using OpsManager.Sources.Local;

namespace OpsManager.Service.Watch;

/// <summary>What the host says of changes, for many who wait: one subscription for the repository.</summary>
internal sealed class ChangeSignal : IDisposable
{
    private readonly IDisposable subscription;
    private TaskCompletionSource next = New();

    public ChangeSignal(IChangeHints hints) =>
        subscription = hints.Changes.Catch(Observable.Never<Unit>()).Subscribe(_ => Interlocked.Exchange(ref next, New()).SetResult());

    /// <summary>Ends with the next hint; a hint may be missed.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    public void Dispose() => subscription.Dispose();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
