using System.IO.Abstractions;
using OpsManager.Contract.Manager;
using OpsManager.Control.Escalate;
using OpsManager.Control.Storage;
using OpsManager.Core.Model;
using OpsManager.Core.Observations;
using OpsManager.Core.Rollout;

namespace OpsManager.Control.Rollout;

/// <summary>
/// Steps back from a loop where the models give a reason to: rollout.json first, so that every manager obeys at once, then the
/// incident note and the escalation. Of several managers one does it. Nothing here arms a loop again.
/// </summary>
/// <param name="by">Who runs this manager, for the note.</param>
public sealed class RollbackKeeper(IFileSystem files, TimeProvider time, string by, string traceId) : IKeeper
{
    /// <summary>Each loop as it was when nothing was wrong with it last.</summary>
    private readonly Dictionary<(string Repo, string Loop), (RepoModel Repo, LoopModel Loop)> good = [];

    /// <summary>The note and the escalation of a rollback that stands in rollout.json and may not be written yet.</summary>
    private readonly Dictionary<(string Repo, string Loop), Incident?> begun = [];

    public void Look(FleetModel fleet)
    {
        foreach (var repo in fleet.Repos.Values)
        {
            if (repo.Replay is not null)
            {
                continue;
            }

            foreach (var loop in repo.Loops.Values)
            {
                Look(repo, loop);
            }
        }
    }

    private void Look(RepoModel repo, LoopModel loop)
    {
        var key = (repo.Path, loop.Id);
        if (begun.TryGetValue(key, out var incident))
        {
            if (incident is not null)
            {
                Finish(key, incident);
            }

            // From here on the loop's own file tells.
            if (loop.Rollback is not null || loop.Trigger is null)
            {
                begun.Remove(key);
            }
        }
        else if (loop is { Trigger: { } trigger, Rollback: null } && loop.Rollout.Condition is not (ArtifactCondition.Unseen or ArtifactCondition.Torn) && loop.Exists)
        {
            Begin(repo, loop, trigger, key);
        }
        else if (loop is { Trigger: null, Rollback: null, IsCounted: true })
        {
            good[key] = (repo, loop);
        }
    }

    private void Begin(RepoModel repo, LoopModel loop, Trigger trigger, (string, string) key)
    {
        var file = new RolloutFile(files, repo.Path, loop.Id);
        Incident? incident = null;
        using (var held = LoopLock.TryTake(files, file.Kept))
        {
            var kept = held is null ? null : file.Read().Value;
            if (held is null || kept?.Rearm?.At > loop.Rollout.Value?.Rearm?.At || (kept?.Rearm is not null && loop.Rollout.Value?.Rearm is null))
            {
                // Another manager is at it, or an operator has armed the loop meanwhile: the next model knows.
                return;
            }

            if (kept?.Rollback is null)
            {
                incident = NewIncident(file, repo, loop, trigger, key);
                file.Write(new RolloutRecord
                {
                    Stage = RolloutStage.Passive,
                    ChangedAt = incident.At,
                    ChangedBy = "ops-manager",
                    Reason = $"rolled back: {trigger.Why}",
                    Rearm = kept?.Rearm,
                    Rollback = new RollbackRecord
                    {
                        Cause = trigger.Cause,
                        Why = trigger.Why,
                        At = incident.At,
                        Incident = incident.Id,
                        LastGoodCursor = incident.LastGoodCursor,
                        StageBefore = kept?.Stage ?? RolloutStage.Assisted,
                    },
                });
            }
        }

        begun[key] = incident;
        if (incident is not null)
        {
            Finish(key, incident);
        }
    }

    private Incident NewIncident(RolloutFile file, RepoModel repo, LoopModel loop, Trigger trigger, (string, string) key)
    {
        var now = time.GetUtcNow();
        (RepoModel Repo, LoopModel Loop)? before = good.TryGetValue(key, out var found) ? found : null;
        return new Incident
        {
            Id = IncidentFile.NewId(files, file.Kept, now, trigger.Cause),
            At = now,
            By = by,
            TraceId = traceId,
            Trigger = trigger,
            Before = before,
            Repo = repo,
            Loop = loop,
        };
    }

    private void Finish((string Repo, string Loop) key, Incident incident)
    {
        var kept = new ManagerFiles(files, key.Repo, key.Loop);
        new IncidentFile(files, kept).Write(incident);
        var escalation = new Escalation(EscalationCategories.RolledBack, $"{incident.Trigger.Cause}: {incident.Trigger.Why}", incident.Trigger.Evidence, Incident: incident.Id);
        new Escalations(files, time, key.Repo, key.Loop).Append(escalation, traceId);
        begun[key] = null;
    }
}
