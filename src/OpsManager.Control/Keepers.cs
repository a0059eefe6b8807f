using OpsManager.Core.Model;

namespace OpsManager.Control;

/// <summary>Several keepers that look at the same models, in order: what one of them cannot keep of one loop hinders nothing else.</summary>
public sealed class Keepers(params IReadOnlyList<IKeeper> keepers)
{
    private string? last;

    /// <returns>What cannot be kept; null where all can, and where that was told before.</returns>
    public string? Look(FleetModel fleet)
    {
        string? fault = null;
        foreach (var repo in fleet.Repos.Values.Where(static repo => repo.Replay is null))
        {
            foreach (var loop in repo.Loops.Values)
            {
                foreach (var keeper in keepers)
                {
                    // Each has to look, whether or not another could.
                    var found = Fault(keeper, repo, loop);
                    fault ??= found;
                }
            }
        }

        var isNews = fault is not null && fault != last;
        last = fault;
        return isNews ? $"the manager's own files cannot be kept: {fault}" : null;
    }

    private static string? Fault(IKeeper keeper, RepoModel repo, LoopModel loop)
    {
        try
        {
            keeper.Look(repo, loop);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }
}
