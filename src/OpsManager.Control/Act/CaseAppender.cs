using System.IO.Abstractions;
using OpsManager.Contract.Manager;
using OpsManager.Control.Storage;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Act;

/// <summary>
/// Adds to the record of an intent what was seen after it was sent, once, also where several managers notice it at the same time:
/// what is there is read again under the loop's lock, right before anything is added.
/// </summary>
internal sealed class CaseAppender(IFileSystem files, TimeProvider time, string repo, string loop)
{
    /// <summary>How much of the end of telemetry/control.jsonl is read for what others added meanwhile.</summary>
    private const int TailBytes = 4 * 1024 * 1024;

    private readonly ManagerFiles kept = new(files, repo, loop);

    /// <summary>The intents in the record, by the end of their record.</summary>
    public IReadOnlyList<ControlCase> Cases() => ControlCases.From(kept.LastRows(kept.ControlRows, ControlRow.Parse, TailBytes)).Recorded;

    /// <returns>False where another manager is at it: try again soon.</returns>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public bool TryAdd(ControlCase known, Outcome outcome)
    {
        using var held = LoopLock.TryTake(files, kept);
        if (held is not null)
        {
            Add(known, outcome, held);
        }

        return held is not null;
    }

    /// <summary>The same, as soon as no other manager is at it.</summary>
    /// <exception cref="IOException">It cannot be kept, or another manager is at it for too long.</exception>
    public async Task AddAsync(ControlCase known, Outcome outcome, CancellationToken cancel)
    {
        using var held = await LoopLock.TakeAsync(files, kept, time, cancel).ConfigureAwait(false);
        Add(known, outcome, held);
    }

    private void Add(ControlCase known, Outcome outcome, LoopLock held)
    {
        // By now another manager may have told it, or more.
        var now = kept.LastRows(kept.ControlRows, ControlRow.Parse, TailBytes)
            .Where(row => row.IdempotencyKey == known.Key)
            .Aggregate(known, static (before, row) => before.With(row));
        if (!Outcomes.IsMore(outcome.Word, now.Outcome, now.Intent) || ControlEntry.From(repo, loop, now) is not { } entry)
        {
            return;
        }

        var audit = new ControlAudit(files, repo, loop);
        var record = new ControlRecord(entry);
        if (now.IsPending)
        {
            audit.Finish(record.Sent(now.Execution(), outcome, time.GetUtcNow()), held);
        }
        else
        {
            audit.Add(record.Late(now.Execution(), outcome, time.GetUtcNow()), now, held);
        }
    }
}
