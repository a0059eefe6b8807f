using OpsManager.Core.Model;

namespace OpsManager.Control;

/// <summary>Looks at every live loop of every model, on the pipeline's thread, and keeps in files what follows from it.</summary>
public interface IModelRecorder
{
    /// <exception cref="IOException">Something cannot be kept; it is tried again with a later model.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission; the same.</exception>
    void Record(RepoModel repo, LoopModel loop);
}
