using OpsManager.Core.Model;

namespace OpsManager.Control;

/// <summary>
/// Several keepers that look at the same models, in order: what one of them cannot keep of one loop hinders nothing else.
/// </summary>
public sealed class ModelRecorders(params IReadOnlyList<IModelRecorder> keepers)
{
    /// <summary>Each repository as it was looked at last, and what could not be kept then: most models differ in one of many.</summary>
    private readonly Dictionary<string, (RepoModel Repo, string? Fault)> looked = new(StringComparer.Ordinal);

    private string? last;

    /// <returns>What cannot be saved; null where everything can, or where that was reported before.</returns>
    public string? Record(FleetModel fleet)
    {
        string? fault = null;
        foreach (var (path, repo) in fleet.Repos)
        {
            if (!looked.TryGetValue(path, out var before) || !ReferenceEquals(before.Repo, repo))
            {
                looked[path] = before = (repo, repo.Replay is null ? Record(repo) : null);
            }

            fault ??= before.Fault;
        }

        if (looked.Count > fleet.Repos.Count)
        {
            foreach (var gone in looked.Keys.Where(path => !fleet.Repos.ContainsKey(path)).ToArray())
            {
                looked.Remove(gone);
            }
        }

        var isNews = fault is not null && fault != last;
        last = fault;
        return isNews ? $"the manager's own files cannot be written: {fault}" : null;
    }

    private string? Record(RepoModel repo)
    {
        string? fault = null;
        foreach (var loop in repo.Loops.Values)
        {
            foreach (var keeper in keepers)
            {
                // Each has to look, whether or not another could.
                var found = Fault(keeper, repo, loop);
                fault ??= found;
            }
        }

        return fault;
    }

    private static string? Fault(IModelRecorder keeper, RepoModel repo, LoopModel loop)
    {
        try
        {
            keeper.Record(repo, loop);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }
}
