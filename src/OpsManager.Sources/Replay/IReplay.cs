using System.Reactive.Concurrency;

namespace OpsManager.Sources.Replay;

/// <summary>
/// Recordings that are replayed, one at a time, at any moment. Nothing can be sent from one. Commands may come from any thread.
/// </summary>
public interface IReplay : IDisposable
{
    /// <summary>What can be opened here, in order; the first is opened at the start.</summary>
    IReadOnlyList<RecordingInfo> Recordings { get; }

    /// <summary>
    /// The files of each recording, as they were at the moment that is shown, one source for each in the order of
    /// <see cref="Recordings"/>; its models name the repository by the recording's name. They observe nothing themselves.
    /// </summary>
    IReadOnlyList<ISource> Sources { get; }

    /// <summary>
    /// What is shown, from subscription on: a frame for each change of the model, of the position, or of what is known of the recording.
    /// Never ends and never errors: a recording that cannot be read says so in <see cref="ReplayState.Fault"/>.
    /// </summary>
    IObservable<ReplayFrame> Observe(IScheduler scheduler);

    /// <summary>Does something with what is shown; its frame follows.</summary>
    void Do(ReplayCommand command);
}
