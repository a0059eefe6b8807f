using System.IO.Abstractions;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Control.Storage;

namespace OpsManager.Control.Escalate;

/// <summary>Keeps escalations.jsonl of one loop: a row for each transition into something that an operator has to look at, once.</summary>
internal sealed class Escalations(IFileSystem files, TimeProvider time, string repo, string loop)
{
    private readonly ManagerFiles kept = new(files, repo, loop);

    /// <summary>Records those of <paramref name="now"/> that are new, and saves which hold.</summary>
    /// <returns>False where another manager is at it: try again soon.</returns>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public bool Update(IReadOnlyList<Escalation> now, string? traceId)
    {
        using var held = LoopLock.TryTake(files, kept);
        if (held is not null)
        {
            Tell(now, traceId, held);
        }

        return held is not null;
    }

    /// <summary>The same for a caller that already holds the loop's lock.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Update(LoopLock held, IReadOnlyList<Escalation> now, string? traceId)
    {
        ArgumentNullException.ThrowIfNull(held);
        Tell(now, traceId, held);
    }

    private void Tell(IReadOnlyList<Escalation> now, string? traceId, LoopLock held)
    {
        var before = Before();
        string[] active = [.. now.Select(static one => one.Category).Order(StringComparer.Ordinal)];
        if (before.SequenceEqual(active))
        {
            return;
        }

        foreach (var news in now.Where(one => !before.Contains(one.Category)))
        {
            Append(news, traceId, held);
        }

        // Last, so that a row that could not be written is told when it can.
        kept.Replace(
            kept.EscalationState, new EscalationState { UpdatedAt = time.GetUtcNow(), Active = active },
            ContractJson.Default.EscalationState);
    }

    /// <summary>Records something that happened once.</summary>
    /// <param name="held">The loop's short lock, where the caller holds it.</param>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Append(Escalation one, string? traceId, LoopLock? held = null) => kept.AppendDurably(kept.Escalations, new EscalationRow
    {
        Timestamp = time.GetUtcNow(),
        LoopId = loop,
        TraceId = traceId,
        Category = one.Category,
        Why = one.Why,
        ReasonCodes = one.ReasonCodes,
        Incident = one.Incident,
        Evidence = one.Evidence,
    }, ContractJson.Default.EscalationRow, held);

    /// <summary>What was kept; a file that cannot be read is made again, and what holds is reported once more.</summary>
    private IReadOnlyList<string> Before()
    {
        try
        {
            return kept.Load(kept.EscalationState, ContractJson.Default.EscalationState)?.Active ?? [];
        }
        catch (Exception error) when (error is ContractException or JsonException)
        {
            return [];
        }
    }
}
