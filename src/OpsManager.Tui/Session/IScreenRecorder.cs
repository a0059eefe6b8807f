using System.Collections.Immutable;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Session;

/// <summary>Records what the screen watches on this host.</summary>
public interface IScreenRecorder
{
    /// <summary>What is recorded now, by the path of the repository.</summary>
    ImmutableDictionary<string, RepoRecording> Recorded { get; }

    /// <summary>Changes of it, and words to the operator, from any thread.</summary>
    IObservable<Message> News { get; }

    /// <summary>Begins to record a repository into a file, or ends that. The result is news.</summary>
    void Toggle(string repo);
}
