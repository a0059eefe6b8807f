using System.Reactive;
using System.Reactive.Linq;
using OpsManager.Sources.Local;

namespace OpsManager.Control.Tests.Act.Histories;

/// <summary>No hints: every change is seen by polling.</summary>
internal sealed class NoHints : IChangeHints
{
    public IObservable<Unit> Changes => Observable.Never<Unit>();
}
