using System.Reactive.Disposables;
using System.Reactive.Linq;
using OpsManager.Tui.Compare;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Messages;

namespace OpsManager.Tui.Session;

/// <summary>
/// Compares runs, writes reports and verifies what was done by hand beside the screen; one of each at a time, and a newer one ends the one
/// before.
/// </summary>
/// <param name="send">Takes a message, on the UI thread.</param>
internal sealed class RunReads(ScreenPorts ports, Action<Message> send) : IDisposable
{
    private readonly SerialDisposable comparing = new();
    private readonly SerialDisposable writing = new();
    private readonly SerialDisposable verifying = new();

    public void Dispose()
    {
        comparing.Dispose();
        writing.Dispose();
        verifying.Dispose();
    }

    public void Run(Effect effect)
    {
        switch (effect)
        {
            case CompareRuns { Request: var request } when ports.CompareRuns is { } compare:
                var other = request.B is { } b ? (b.Repo, b.Loop) : ((string, string)?)null;
                comparing.Disposable = Observable
                    .FromAsync(cancel => compare(new RunsToCompare(request.A.Repo, request.A.Loop, other), cancel))
                    .Catch(static (Exception error) => Observable.Return<IReadOnlyList<string>>([error.Message]))
                    .Subscribe(lines => ports.Terminal.Post(() => send(new RunsCompared(request, lines))));
                break;
            case WriteReport { Run: var run } when ports.WriteReport is { } write:
                writing.Disposable = Observable.FromAsync(cancel => write(run.Repo, run.Loop, cancel))
                    .Select(static path => new ToastRequested($"the report is in {path}"))
                    .Catch(static (Exception error) => Observable.Return(new ToastRequested($"no report: {error.Message}", IsFault: true)))
                    .Subscribe(said => ports.Terminal.Post(() => send(said)));
                break;
            case VerifyByHand hand when ports.VerifyByHand is { } verify:
                verifying.Disposable = Observable.FromAsync(cancel => verify(hand.Run.Repo, hand.Run.Loop, hand.Intent, cancel))
                    .Select(result => HandText.Of(hand, result))
                    .Catch(static (Exception error) =>
                        Observable.Return(new ToastRequested($"not verified: {error.Message}", IsFault: true)))
                    .Subscribe(said => ports.Terminal.Post(() => send(said)));
                break;
            default:
                send(new ToastRequested("this session cannot read other runs"));
                break;
        }
    }
}
