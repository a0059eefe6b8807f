using System.Text.Json.Nodes;

namespace OpsManager.Control.Tests.Act.Histories;

/// <summary>
/// What the runtime of a history writes and does, and the journal of what is really so. Everything happens on the history's thread, at
/// the history's time.
/// </summary>
internal sealed class HistoryRuntime(HistoryFiles files, HistoryProcesses processes, HistoryClock clock)
{
    private const string Approval = $"loops/{HistoryFiles.Loop}/approval.json";

    private readonly List<HistoryQuestion> questions = [];
    private DateTimeOffset askedAt;
    private string run = "";
    private int runs;
    private int iteration;

    /// <summary>Every request that was made, oldest first.</summary>
    public IReadOnlyList<HistoryQuestion> Questions => questions;

    /// <summary>What approval.json is about; null where it is not there.</summary>
    public HistoryQuestion? Current { get; private set; }

    /// <summary>When approval.json was half-written for the last time.</summary>
    public DateTimeOffset TornUntil { get; private set; }

    public void Begin()
    {
        StartRun();
        Ask(again: false);
    }

    /// <summary>The runtime's command: it reads what waits, and writes. Its exit code.</summary>
    /// <param name="raced">It read before somebody else decided: the last stands.</param>
    public int Decide(string word, string by, int tornMs, bool raced = false, bool diesHalfway = false)
    {
        if (Current is not { IsOpen: true } question || (question.InForce is not null && !raced) || (clock.Now < TornUntil && !raced))
        {
            files.Note($"{word} by {by} finds nothing that waits");
            return 1;
        }

        if (tornMs > 0 && !diesHalfway)
        {
            Tear(tornMs);
            clock.After(tornMs, () => Write(question, word, by, diesHalfway: false));
            return 0;
        }

        Write(question, word, by, diesHalfway);
        return diesHalfway ? 137 : 0;
    }

    /// <summary>approval.json is empty for a moment, and is what it was again.</summary>
    public void TearForAMoment(int ms)
    {
        if (Current is { } question)
        {
            Tear(ms);
            clock.After(ms, () => PutApproval(question));
        }
    }

    public void Cancel(bool survives)
    {
        if (!survives)
        {
            processes.End();
        }

        files.Remove("state.json");
        files.Remove("active-run.json");
    }

    /// <summary>The next run of the loop; refused where one runs, and where nobody has decided yet.</summary>
    public void TakeUp(int lingersMs)
    {
        if (processes.Running is not null || Current is { InForce: null } || clock.Now < TornUntil)
        {
            return;
        }

        StartRun();
        if (Current is not { IsOpen: true } question)
        {
            return;
        }

        question.TakeUp();
        if (question.TakenUp == "rejected")
        {
            Event("approval_rejected", run, 1, status: "rejected");
            clock.After(lingersMs, () => Forget(question));
            return;
        }

        Event("approval_consumed", question.Run, question.Iteration, status: "approved");
        clock.After(lingersMs, () =>
        {
            Event("loop_complete", question.Run, question.Iteration);
            question.Complete();
            Forget(question);
            EndRun();
        });
    }

    /// <summary>The run asks for an approval.</summary>
    /// <param name="again">For the same iteration, in the place of what was asked before.</param>
    public void Ask(bool again)
    {
        // Times are in seconds: two requests of one second could not be told apart. What was decided is for the next run.
        if (clock.Now < TornUntil
            || clock.Now - askedAt < TimeSpan.FromSeconds(1.5)
            || (Current is { } closing && closing.TakenUp is not null))
        {
            return;
        }

        if (processes.Running is null)
        {
            if (Current is { InForce: not null })
            {
                return;
            }

            StartRun();
        }

        iteration += again && Current?.Run == run ? 0 : 1;
        Current?.Replace();
        askedAt = clock.Now;
        Current = new HistoryQuestion(run, iteration, clock.Now);
        questions.Add(Current);
        PutApproval(Current);
        Event("approval_requested", run, iteration);
    }

    /// <summary>The run ends by itself.</summary>
    public void EndByItself()
    {
        if (processes.Running is not null && Current?.TakenUp is null)
        {
            Event("loop_stop", run, iteration);
            EndRun();
        }
    }

    private void Tear(int ms)
    {
        TornUntil = clock.Now + TimeSpan.FromMilliseconds(ms);
        files.Put(Approval, "");
    }

    private void Write(HistoryQuestion question, string word, string by, bool diesHalfway)
    {
        if (Current != question || !question.IsOpen)
        {
            return;
        }

        question.Decide(clock.Now, word, by);
        PutApproval(question);
        if (!diesHalfway)
        {
            files.Append($"loops/{HistoryFiles.Loop}/decisions.jsonl", new JsonObject
            {
                ["timestamp"] = files.Now,
                ["loop_id"] = HistoryFiles.Loop,
                ["run_id"] = question.Run,
                ["iteration"] = question.Iteration,
                ["decision"] = word,
                ["by"] = by,
            }.ToJsonString());
            Event("approval_decision", question.Run, question.Iteration, "human", word);
        }
    }

    private void PutApproval(HistoryQuestion question)
    {
        if (Current != question)
        {
            return;
        }

        var approval = new JsonObject
        {
            ["status"] = question.InForce ?? "pending",
            ["loop_id"] = HistoryFiles.Loop,
            ["run_id"] = question.Run,
            ["iteration"] = question.Iteration,
            ["requested_at"] = question.RequestedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
        };
        if (question.Decisions is [.., var (_, word, by)])
        {
            approval["decision"] = new JsonObject { ["status"] = word, ["by"] = by };
            approval["decided_by"] = by;
        }

        files.Put(Approval, approval.ToJsonString());
    }

    private void Forget(HistoryQuestion question)
    {
        if (Current == question)
        {
            Current = null;
            files.Remove(Approval);
        }
    }

    private void StartRun()
    {
        run = $"{files.Now}-{++runs}";
        iteration = 0;
        var pid = processes.Start();
        files.Put("active-run.json", new JsonObject
        {
            ["repo"] = files.Root,
            ["pid"] = pid,
            ["pgid"] = pid,
            ["loop_id"] = HistoryFiles.Loop,
            ["iteration"] = 1,
            ["stage"] = "loop_start",
            ["updated_at"] = files.Now,
        }.ToJsonString());
        State(active: true);
        Event("loop_start", run, 1);
    }

    private void EndRun()
    {
        if (processes.Running is not null)
        {
            processes.End();
            State(active: false);
            files.Remove("active-run.json");
        }
    }

    private void State(bool active) => files.Put("state.json", new JsonObject
    {
        ["active"] = active,
        ["loop_index"] = 0,
        ["iteration"] = 1,
        ["current_loop_id"] = HistoryFiles.Loop,
        ["updated_at"] = files.Now,
    }.ToJsonString());

    private void Event(string name, string of, int number, string? role = null, string? status = null)
    {
        var row = new JsonObject
        {
            ["timestamp"] = files.Now,
            ["event"] = name,
            ["loop_id"] = HistoryFiles.Loop,
            ["run_id"] = of,
            ["iteration"] = number,
            ["role"] = role,
            ["status"] = status,
        };
        files.Append($"loops/{HistoryFiles.Loop}/events.jsonl", row.ToJsonString());
    }
}
