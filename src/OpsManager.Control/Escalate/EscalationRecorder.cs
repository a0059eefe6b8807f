using System.IO.Abstractions;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Health;

namespace OpsManager.Control.Escalate;

/// <summary>Escalates what the models say, once per transition. A loop that has not changed costs a comparison.</summary>
internal sealed class EscalationRecorder(IFileSystem files, TimeProvider time, string traceId) : IModelRecorder
{
    private readonly Dictionary<(string Repo, string Loop), HealthVerdict> told = [];

    public void Record(RepoModel repo, LoopModel loop)
    {
        var before = told.GetValueOrDefault((repo.Path, loop.Id));
        if (IsRead(repo, loop) && before?.SaysTheSameAs(loop.Health) != true && Tell(repo, loop))
        {
            told[(repo.Path, loop.Id)] = loop.Health;
        }
    }

    private bool Tell(RepoModel repo, LoopModel loop)
    {
        var held = Escalation.From(loop.Health.Status, loop.Health.Codes, loop.Verdict.Findings);
        // A loop that is well and always was leaves no trace of it.
        return (held.Count == 0 && !told.ContainsKey((repo.Path, loop.Id)) && !HasState(repo.Path, loop.Id))
            || new Escalations(files, time, repo.Path, loop.Id).Update(held, traceId);
    }

    private bool HasState(string repo, string loop) => new Storage.ManagerFiles(files, repo, loop).EscalationState.Exists;

    /// <summary>A part of the files would give another result than all of them.</summary>
    internal static bool IsRead(RepoModel repo, LoopModel loop) =>
        loop is { Exists: true, IsCounted: true, EventsCondition: ArtifactCondition.Present }
        && repo.State.Condition != ArtifactCondition.Unseen
        && loop.Summary.Condition != ArtifactCondition.Unseen
        && loop.Approval.Condition != ArtifactCondition.Unseen;
}
