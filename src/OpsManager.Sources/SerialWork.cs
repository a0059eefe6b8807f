using System.Reactive.Disposables;

namespace OpsManager.Sources;

/// <summary>Work that schedules the work after it.</summary>
internal static class SerialWork
{
    /// <summary>
    /// Schedules the first work. It may be over, and the next one scheduled, on the scheduler's thread before this goes on: that one
    /// must then not be taken for the one before, and cancelled.
    /// </summary>
    public static void Begin(this SerialDisposable next, Func<IDisposable> schedule)
    {
        var first = new SingleAssignmentDisposable();
        next.Disposable = first;
        first.Disposable = schedule();
    }
}
