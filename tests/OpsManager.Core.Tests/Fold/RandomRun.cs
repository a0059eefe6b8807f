using System.Globalization;
using System.Text;
using CsCheck;
using OpsManager.Contract;

namespace OpsManager.Core.Tests.Fold;

/// <summary>One thing that happens to a repository, in numbers, so that a failing sequence can be made smaller.</summary>
internal readonly record struct RandomStep(RandomOp Op, int A, int B, int WaitMs);

internal enum RandomOp
{
    Look, DueLook, State, ActiveRun, Process, Approval, Summary, Heartbeat, Append, AppendRest, AppendJunk, Truncate, Rewrite, Remove,
}

/// <summary>
/// Does random steps to a repository: every file whole, torn, half, invalid or removed; the log appended in cuts at any byte, cut
/// shorter at any byte, or rewritten; processes that come and go.
/// </summary>
internal sealed class RandomRun(WatchedRepo repo, RandomProcesses processes = RandomProcesses.AsDrawn)
{
    private const string Other = "search-index";

    /// <summary>
    /// Whole lines are shorter than what the follower remembers of a log's end, so that two logs never look alike by accident.
    /// </summary>
    private static readonly string[] Names = [
        "loop_start", "iteration_start", "role_start", "role_end", "iteration_end", "loop_complete", "loop_stop", "rate_limit_stop",
        "approval_decision", "unheard_of"
    ];

    private static readonly string[] Statuses = ["ok", "error", "timeout", "approved"];

    /// <summary>
    /// Files that are torn or invalid now; a torn file keeps what it said before, which nobody can know from the file alone.
    /// </summary>
    private readonly HashSet<string> unfit = [];

    private readonly List<byte> log = [];
    private readonly List<byte> unwritten = [];
    private int lines;

    public static Gen<List<RandomStep>> Steps(int most) =>
        Gen.Select(
            Gen.Enum<RandomOp>(), Gen.Int[0, 11], Gen.Int[0, 300], Gen.Int[1, 3000],
            static (op, a, b, wait) => new RandomStep(op, a, b, wait)).List[1, most];

    public void Do(RandomStep step)
    {
        switch (step.Op)
        {
            case RandomOp.Look:
                repo.LookAtAll();
                break;
            case RandomOp.DueLook:
                repo.LookAtDue();
                break;
            case RandomOp.State:
                Put(
                    ArtifactPaths.State, RuntimeText.State(step.A % 2 == 0, step.B, step.A % 3 == 0 ? Other : RuntimeText.Loop, step.A),
                    step);
                break;
            case RandomOp.ActiveRun:
                Put(
                    ArtifactPaths.ActiveRun, RuntimeText.ActiveRun(1 + (step.A % 3), step.B, step.B % 3 == 0 ? Other : RuntimeText.Loop),
                    step);
                break;
            case RandomOp.Process:
                See(1 + (step.A % 3), step.B % 2 == 0);
                break;
            case RandomOp.Approval:
                Put(ArtifactPaths.Approval(RuntimeText.Loop), RuntimeText.Approval(
                    step.A % 3 == 0 ? "pending" : step.A % 3 == 1 ? "approved" : "rejected", step.B % 3, by: "ada",
                    decided: step.B), step);
                break;
            case RandomOp.Summary:
                Put(ArtifactPaths.Summary(RuntimeText.Loop), step.A == 0
                    ? RuntimeText.Summary()
                    : RuntimeText.Summary((step.B % 3, step.A, false), (step.B % 3, step.A + 1, step.A % 2 == 0)), step);
                break;
            case RandomOp.Heartbeat:
                Put(ArtifactPaths.Heartbeat(RuntimeText.Loop), RuntimeText.Heartbeat(step.B), step);
                break;
            case RandomOp.Append:
                unwritten.AddRange(Line(step.A, step.B));
                AppendToLog(Math.Min(unwritten.Count, 1 + step.B));
                break;
            case RandomOp.AppendRest:
                AppendToLog(unwritten.Count);
                break;
            case RandomOp.AppendJunk:
                unwritten.AddRange(step.A % 3 == 0 ? "\n"u8 : step.A % 3 == 1 ? "{\"oops\": \u00e9\n"u8 : [0, 0xFF, (byte)'\n']);
                AppendToLog(unwritten.Count);
                break;
            case RandomOp.Truncate:
                log.RemoveRange(step.B % (log.Count + 1), log.Count - (step.B % (log.Count + 1)));
                PutLog();
                break;
            case RandomOp.Rewrite:
                log.Clear();
                unwritten.Clear();
                for (var i = 0; i <= step.A; i++)
                {
                    log.AddRange(Line(step.B + i, step.B));
                }

                PutLog();
                break;
            case RandomOp.Remove:
                Remove(step.A);
                break;
        }

        repo.Wait(step.WaitMs / 1000.0);
    }

    /// <summary>Makes the repository one that speaks for itself: no file torn or invalid, and a log.</summary>
    public void Settle()
    {
        foreach (var path in unfit)
        {
            repo.Remove(path);
        }

        unfit.Clear();
        unwritten.AddRange(Line(2, 1));
        AppendToLog(unwritten.Count);
        repo.Wait(1);
        repo.LookAtAll();
    }

    private static string Half(string text) => text[..(text.Length / 2)];

    private void Put(string path, string text, RandomStep step)
    {
        var shape = step.B % 7;
        repo.Put(path, shape switch { 0 => "", 1 => Half(text), 2 => "[]", _ => text });
        if (shape is 0 or 1 or 2)
        {
            unfit.Add(path);
        }
        else
        {
            unfit.Remove(path);
        }
    }

    private void See(int pid, bool alive)
    {
        if (processes != RandomProcesses.None)
        {
            repo.Process(alive != (processes == RandomProcesses.Inverted), pid);
        }
    }

    private byte[] Line(int name, int status)
    {
        lines++;
        var at = RuntimeText.Time(lines);
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"timestamp\":\"{at}\",\"event\":\"{Names[name % Names.Length]}\",\"run_id\":\"{RuntimeText.Time(status % 3)}\","
                + $"\"iteration\":{name},\"status\":\"{Statuses[status % Statuses.Length]}\"}}\n"));
    }

    private void AppendToLog(int count)
    {
        var bytes = unwritten[..count].ToArray();
        unwritten.RemoveRange(0, count);
        log.AddRange(bytes);
        repo.Append(ArtifactPaths.Events(RuntimeText.Loop), bytes);
    }

    private void PutLog() => repo.Put(ArtifactPaths.Events(RuntimeText.Loop), [.. log]);

    private void Remove(int which)
    {
        string[] paths =
        [
            ArtifactPaths.State, ArtifactPaths.ActiveRun, ArtifactPaths.Approval(RuntimeText.Loop),
            ArtifactPaths.Summary(RuntimeText.Loop), ArtifactPaths.Heartbeat(RuntimeText.Loop), ArtifactPaths.Events(RuntimeText.Loop),
        ];
        var path = paths[which % paths.Length];
        repo.Remove(path);
        unfit.Remove(path);
        if (path == ArtifactPaths.Events(RuntimeText.Loop))
        {
            log.Clear();
        }
    }
}

/// <summary>What the host says of the processes of a random run.</summary>
internal enum RandomProcesses
{
    AsDrawn, Inverted, None,
}
