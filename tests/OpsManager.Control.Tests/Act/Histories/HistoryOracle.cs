using OpsManager.Contract.Manager;
using OpsManager.Control.Act;
using OpsManager.Core.Rules.Control;
using Xunit;

namespace OpsManager.Control.Tests.Act.Histories;

/// <summary>Holds what operators are told, and what is recorded, against what is really so.</summary>
internal sealed class HistoryOracle(HistoryRuntime runtime, HistoryProcesses processes, HistoryClock clock)
{
    /// <summary>A cancel waits for nothing but the first look at the files.</summary>
    private static readonly TimeSpan CancelWait = HistoryClock.Tick * 2;

    /// <summary>Who only watches looks four times a second.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(600);

    private readonly Dictionary<string, HistorySent> sent = [];
    private readonly HashSet<string> confirmed = [];

    public HistorySent Send(HistoryOperator one)
    {
        var request = one.Request;
        Assert.False(sent.ContainsKey(request.IdempotencyKey), $"executed twice: {one}");
        if (request.Intent is Intent.Cancel)
        {
            Assert.True(one.MetCancel || clock.Now - one.AskedAt <= CancelWait, $"a cancel was kept waiting: {one}");
        }

        var question = request.Intent is Intent.Cancel ? null : runtime.Current;
        return sent[request.IdempotencyKey] = new HistorySent(
            request.IdempotencyKey, request.Intent, clock.Now, question, processes.Running);
    }

    /// <summary>At the very moment at which somebody is told what came of a request.</summary>
    public void Told(HistoryOperator one)
    {
        var isSent = sent.TryGetValue(one.Request.IdempotencyKey, out var what);
        if (one.Result is not { Row: { } row } result)
        {
            Assert.True(one.Fault is not null, $"neither a result nor a fault: {one}");
            return;
        }

        if (result.Replayed)
        {
            Replayed(one, result, what);
            return;
        }

        Assert.Equal(row.Status == IntentStatus.Confirmed, result.Outcome is Outcome.Success);
        if (!isSent)
        {
            Assert.True(result.Outcome is Outcome.Refused, $"more is told than that it was not sent: {one}");
            Assert.True(one.Request.Intent is not Intent.Cancel || one.MetCancel, $"a cancel was not sent: {one}");
            return;
        }

        if (row.Status == IntentStatus.Confirmed)
        {
            confirmed.Add(row.IdempotencyKey!);
            Assert.True(IsSoNow(what!), $"confirmed, and it is not so: {one}\n{what!.Question}");
        }

        if (result.Outcome is Outcome.Contradicted && what!.Question is { } question)
        {
            Assert.True(IsContrary(question.InForce, what) || question.IsReplaced, $"contradicted, and it is not so: {one}\n{question}");
        }

        if (result.Outcome is Outcome.Refused)
        {
            Assert.False(what!.TookEffect, $"told to have failed, and it took effect: {one}\n{what.Question}");
        }
    }

    /// <summary>At the end, when somebody has looked once more: what the record says of each key.</summary>
    public void Check(HistoryRecord record)
    {
        var (steps, rows) = (record.Steps(), record.Rows());
        foreach (var known in record.Cases())
        {
            if (!sent.TryGetValue(known.Key, out var what))
            {
                Assert.True(
                    known is { StartedAt: null, Outcome: "refused" },
                    $"key {known.Key} was not sent, and its record says {known.Outcome}");
                continue;
            }

            var question = what.Question;
            Assert.True(
                known.Outcome switch
                {
                    "observed" => question is null
                        ? what.Pid is not { } pid || pid != processes.Running
                        : IsOurs(question.InForce, what) || question.IsReplaced,
                    "consumed" => IsOurs(question?.TakenUp, what),
                    "completed" => question is { TakenUp: "approved", IsCompleted: true } && IsOurs("approved", what),
                    "contradicted" => question is null || question.IsReplaced || question.WasInForceSince(what.At, Other(what)),
                    _ => true,
                },
                $"the record of key {known.Key} says {known.Outcome}, and that is more than is so: {question}");
            if (confirmed.Contains(known.Key) && question is { IsReplaced: false } && IsContrary(question.InForce, what))
            {
                var told = steps.Where(step => step.IdempotencyKey == known.Key).Select(static step => step.Outcome).ToArray();
                Assert.True(
                    known.Outcome == "contradicted",
                    $"key {known.Key} was confirmed and overruled, and no row says so ({string.Join(", ", told)}): {question}");
                var last = rows.Last(row => row.IdempotencyKey == known.Key);
                Assert.Equal((IntentStatus.Ambiguous, "contradicted"), (last.Status, last.ReasonCode));
            }
        }

        Assert.All(steps, Row);
        Assert.All(sent.Keys, key => Assert.Contains(steps, step => step.IdempotencyKey == key && step.Phase == ControlRow.Started));
    }

    /// <summary>No row says more than was so when it was written.</summary>
    private void Row(ControlRow step)
    {
        if (ControlRow.IsSuccess(step.Outcome) && sent[step.IdempotencyKey] is { Question: { } question } what)
        {
            Assert.True(
                question.WasInForceSince(step.Timestamp!.Value - Look, what.Intent.Decision!),
                $"{step.Phase} {step.Outcome} at {step.Timestamp:mm:ss.fff}: {question}");
        }
    }

    private void Replayed(HistoryOperator one, ControlResult result, HistorySent? what)
    {
        if (ControlRow.IsSuccess(result.Now?.Outcome) && what!.Question is { } question)
        {
            Assert.True(
                question.WasInForceSince(one.AskedAt, what.Intent.Decision!), $"asked again: it is not in force: {one}\n{question}");
        }
    }

    private bool IsSoNow(HistorySent what) => what.Question is { } question
        ? IsOurs(question.InForce, what)
        : what.Pid is not { } pid || pid != processes.Running;

    private static bool IsOurs(string? word, HistorySent what) => word == what.Intent.Decision;

    private static bool IsContrary(string? word, HistorySent what) => word is not null && word != what.Intent.Decision;

    private static string Other(HistorySent what) => what.Intent is Intent.Approve ? "rejected" : "approved";
}
