using System.IO.Abstractions;
using OpsManager.Contract.Manager;
using OpsManager.Control.Escalate;
using OpsManager.Control.Storage;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Rollout;

namespace OpsManager.Control.Rollout;

/// <summary>
/// Rolls a loop back when the models give a reason: rollout.json first, so that every manager obeys at once, then the
/// incident note and the escalation. Of several managers one does it. Nothing here re-arms a loop.
/// </summary>
/// <param name="by">Who runs this manager, for the note.</param>
internal sealed class RollbackRecorder(IFileSystem files, TimeProvider time, string by, string traceId) : IModelRecorder
{
    /// <summary>Each loop as it was when nothing was wrong with it last.</summary>
    private readonly Dictionary<(string Repo, string Loop), (RepoModel Repo, LoopModel Loop)> good = [];

    /// <summary>The note and the escalation of a rollback that is in rollout.json and may not be written yet.</summary>
    private readonly Dictionary<(string Repo, string Loop), Incident?> begun = [];

    /// <summary>Rollbacks whose note was looked for.</summary>
    private readonly HashSet<(string Repo, string Loop, string Incident)> looked = [];

    /// <summary>When a note was tried to be written last: it reads whole artifacts.</summary>
    private readonly Dictionary<(string Repo, string Loop), long> triedAt = [];

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    /// <summary>Another manager may be writing the note of its own rollback: it has this long.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(5);

    public void Record(RepoModel repo, LoopModel loop)
    {
        var key = (repo.Path, loop.Id);
        if (begun.TryGetValue(key, out var incident))
        {
            if (incident is not null && MayTry(key))
            {
                Finish(key, incident);
            }

            // From here on the loop's own file tells.
            if (begun[key] is null && (loop.Rollback is not null || loop.Trigger is null))
            {
                begun.Remove(key);
            }
        }
        else if (loop is { Trigger: { } trigger, Rollback: null }
            && loop.Rollout.Condition is not (ArtifactCondition.Unseen or ArtifactCondition.Torn)
            && loop.Exists)
        {
            Begin(repo, loop, trigger, key);
        }
        else if (loop.Rollback is { Incident: { } id } rollback
            && IncidentFile.Parse(id) is not null
            && looked.Add((repo.Path, loop.Id, id)))
        {
            TakeUp(repo, loop, rollback, id, key);
        }
        else if (loop is { Trigger: null, Rollback: null, IsCounted: true })
        {
            good[key] = (repo, loop);
        }
    }

    /// <summary>A rollback whose manager ended before it wrote the note: it is written now, with what is known now.</summary>
    private void TakeUp(RepoModel repo, LoopModel loop, RollbackRecord rollback, string id, (string, string) key)
    {
        var kept = new ManagerFiles(files, repo.Path, loop.Id);
        using var held = LoopLock.TryTake(files, kept);
        if (held is null)
        {
            looked.Remove((repo.Path, loop.Id, id));
        }
        else if ((time.GetUtcNow() - rollback.At).Duration() >= Courtesy && !new IncidentFile(files, repo.Path, loop.Id).IsThere(id))
        {
            begun[key] = NewIncident(repo, loop, new Trigger(rollback.Cause, rollback.Why ?? "no reason is recorded", []), key) with
            {
                Id = id,
                At = rollback.At,
                KnownCursor = rollback.LastGoodCursor
            };
        }
    }

    private bool MayTry((string, string) key)
    {
        var may = !triedAt.TryGetValue(key, out var last) || time.GetElapsedTime(last) >= Again;
        if (may)
        {
            triedAt[key] = time.GetTimestamp();
        }

        return may;
    }

    private void Begin(RepoModel repo, LoopModel loop, Trigger trigger, (string, string) key)
    {
        var file = new RolloutFile(files, repo.Path, loop.Id);
        Incident? incident = null;
        using (var held = LoopLock.TryTake(files, file.Kept))
        {
            var read = held is null ? default : file.Read();
            var kept = read.Value;
            if (held is null || (kept is not null && kept.Rearm?.At != loop.Rollout.Value?.Rearm?.At))
            {
                // Another manager is at it, or an operator has re-armed the loop meanwhile: the next model knows.
                return;
            }

            if (kept?.Rollback is null)
            {
                incident = NewIncident(repo, loop, trigger, key);
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
                        // What could not be read was trusted by nobody.
                        StageBefore = kept?.Stage ?? (read.Fault is null ? RolloutStage.Assisted : RolloutStage.Passive),
                    },
                });
            }
        }

        begun[key] = incident;
        if (incident is not null)
        {
            looked.Add((repo.Path, loop.Id, incident.Id));
            Finish(key, incident);
        }
    }

    private Incident NewIncident(RepoModel repo, LoopModel loop, Trigger trigger, (string, string) key)
    {
        var now = time.GetUtcNow();
        (RepoModel Repo, LoopModel Loop)? before = good.TryGetValue(key, out var found) ? found : null;
        return new Incident
        {
            Id = new IncidentFile(files, repo.Path, loop.Id).NewId(now, trigger.Cause),
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
        new IncidentFile(files, key.Repo, key.Loop).Write(incident);
        var escalation = new Escalation(
            EscalationCategories.RolledBack, $"{incident.Trigger.Cause}: {incident.Trigger.Why}", incident.Trigger.Evidence,
            Incident: incident.Id);
        new Escalations(files, time, key.Repo, key.Loop).Append(escalation, traceId);
        begun[key] = null;
    }
}
