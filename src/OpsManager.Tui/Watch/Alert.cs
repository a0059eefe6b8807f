using OpsManager.Contract.Manager;
using OpsManager.Core.Model;

namespace OpsManager.Tui.Watch;

/// <summary>A finding in the list of alerts: of a loop, or of a whole repository where <paramref name="Loop"/> is null.</summary>
internal sealed record Alert(RepoModel Repo, LoopModel? Loop, FindingRecord Finding)
{
    public AlertKey Key => new(new LoopKey(Repo.Path, Loop?.Id ?? ""), Finding.Code);
}
