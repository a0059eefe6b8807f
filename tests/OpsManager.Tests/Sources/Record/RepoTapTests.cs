using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Processes;
using Xunit;

namespace OpsManager.Tests.Sources.Record;

/// <summary>What the follower reads becomes a tape, and a replay of it shows what was shown.</summary>
public sealed class RepoTapTests : IDisposable
{
    private const string Run = "2026-11-22T19:00:00Z";

    private readonly TempRepo repo = new();
    private readonly TapeTable processes = new();

    [Fact]
    public void A_run_with_torn_files_a_process_and_a_death_replays_as_it_was_shown()
    {
        using var run = new TappedRun(repo.Root, processes);
        run.Look();
        repo.Write(
            ArtifactPaths.ActiveRun, $$"""{"repo":"{{repo.Root}}","pid":4711,"loop_id":"{{TempRepo.Loop}}","updated_at":"{{Run}}"}""");
        processes.Claim = new ProcessSighting(4711, ProcessFate.Alive, "process 4711 is running", 99);
        Event("loop_start");
        repo.Write(ArtifactPaths.State, "");
        run.Look();
        repo.Write(ArtifactPaths.State, State(active: true));
        Event("iteration_start");
        run.Look();
        repo.Append(TempRepo.Log, """{"timestamp":"2026-11-22T19:00:02Z","event":"role_st""");
        run.Look();
        repo.Append(TempRepo.Log, $$"""art","loop_id":"{{TempRepo.Loop}}","run_id":"{{Run}}","iteration":1}{{"\n"}}""");
        repo.Write(ArtifactPaths.Approval(TempRepo.Loop), """{"status":"pend""");
        run.Look();
        run.Look(3);
        repo.Write(
            ArtifactPaths.Approval(TempRepo.Loop),
            $$"""{"status":"pending","loop_id":"{{TempRepo.Loop}}","run_id":"{{Run}}","iteration":1}""");
        run.Look();
        File.Delete(repo.Full(ArtifactPaths.Approval(TempRepo.Loop)));
        run.Look();
        processes.Claim = new ProcessSighting(4711, ProcessFate.Gone, "process 4711 has exited");
        run.Look();
        run.Look(5);

        Assert.True(run.Shown.Count > 4, string.Join('\n', run.Shown));
        Assert.Equal(run.Shown, TappedRun.Replayed(run.Written()));
    }

    [Fact]
    public void A_run_that_nothing_claims_replays_with_what_the_search_said()
    {
        using var run = new TappedRun(repo.Root, processes);
        Event("loop_start");
        repo.Write(ArtifactPaths.State, State(active: true));
        processes.Found = new RunSearch(ProcessFate.Alive, "process 7 is running") { Pid = 7 };
        run.Look();
        processes.Found = new RunSearch(ProcessFate.Gone, "no process on this host runs this loop");
        run.Look();
        run.Look(6);

        Assert.Equal(run.Shown, TappedRun.Replayed(run.Written()));
    }

    [Fact]
    public void A_run_that_was_found_before_it_wrote_anything_replays_from_that_moment()
    {
        using var run = new TappedRun(repo.Root, processes);
        Directory.Delete(repo.Full(ArtifactPaths.Loop(TempRepo.Loop)), recursive: true);
        run.Look();
        run.Look(0.6);
        processes.Found = new RunSearch(ProcessFate.Alive, "process 7 is running") { Pid = 7 };
        processes.Running = [TempRepo.Loop];
        run.Look(0.5);
        Directory.CreateDirectory(repo.Full(ArtifactPaths.Loop(TempRepo.Loop)));
        Event("loop_start");
        repo.Write(ArtifactPaths.State, State(active: true));
        processes.Found = processes.Found with { Fact = "process 7 is at work" };
        run.Look();

        Assert.Contains(run.Shown, static line => line.Contains("process 7 is running", StringComparison.Ordinal));
        Assert.Equal(run.Shown, TappedRun.Replayed(run.Written()));
    }

    [Fact]
    public void A_run_that_ended_unseen_is_not_found_again_by_a_replay()
    {
        using var run = new TappedRun(repo.Root, processes);
        Event("loop_start");
        repo.Write(ArtifactPaths.State, State(active: true));
        processes.Found = new RunSearch(ProcessFate.Alive, "process 7 is running") { Pid = 7 };
        run.Look();
        repo.Write(ArtifactPaths.State, State(active: false));
        run.Look();
        processes.Found = new RunSearch(ProcessFate.Gone, "no process on this host runs this loop");
        Directory.Delete(repo.Full(ArtifactPaths.Loop(TempRepo.Loop)), recursive: true);
        run.Look(40);
        repo.Write(ArtifactPaths.State, State(active: false) + "\n");
        run.Look(40);

        Assert.Equal(run.Shown, TappedRun.Replayed(run.Written()));
    }

    [Fact]
    public void No_byte_is_recorded_twice()
    {
        using var run = new TappedRun(repo.Root);
        for (var line = 0; line < 30; line++)
        {
            Event("role_start");
            run.Look();
        }

        run.StartOver();
        run.Look();
        Event("role_end");
        run.Look();

        Assert.Equal(File.ReadAllText(repo.Full(TempRepo.Log)), Text(run.Steps, TempRepo.Log));
        Assert.Single(run.Steps.OfType<TapePut>(), static put => put.Path == TempRepo.Log);
    }

    [Fact]
    public void A_log_that_was_rewritten_while_nobody_looked_is_recorded_anew()
    {
        using var run = new TappedRun(repo.Root);
        Event("loop_start");
        var head = string.Concat(Enumerable.Repeat(Line("role_start"), 20));
        repo.Append(TempRepo.Log, head);
        run.Look();
        var other = File.ReadAllText(repo.Full(TempRepo.Log))[..^20] + "X" + new string('y', 18) + "\n" + Line("role_end");
        File.WriteAllText(repo.Full(TempRepo.Log), other);
        run.StartOver();
        run.Look();

        Assert.Equal(other, Text(run.Steps, TempRepo.Log));
    }

    [Fact]
    public void A_log_that_is_cut_or_replaced_shows_the_same_alerts_in_a_replay()
    {
        using var run = new TappedRun(repo.Root);
        Event("loop_start");
        Event("iteration_start");
        run.Look();
        repo.Cut(TempRepo.Log, Line("loop_start").Length);
        run.Look();
        repo.Cut(TempRepo.Log, 0);
        run.Look();
        Event("loop_start");
        run.Look();

        Assert.Contains(run.Shown, static line => line.Contains("events_truncated", StringComparison.Ordinal));
        Assert.Equal(run.Shown, TappedRun.Replayed(run.Written()));
    }

    [Fact]
    public void A_repository_that_vanishes_and_returns_is_recorded_so()
    {
        using var run = new TappedRun(repo.Root);
        Event("loop_start");
        repo.Write(ArtifactPaths.State, State(active: true));
        run.Look();
        Directory.Move(repo.Full(".superloop"), repo.Full("away"));
        run.Look();
        run.Look();
        Assert.Equal(3, run.Steps.OfType<TapeRemove>().Count());
        Directory.Move(repo.Full("away"), repo.Full(".superloop"));
        run.Look();
        Event("iteration_start");
        run.Look();

        Assert.Equal(File.ReadAllText(repo.Full(TempRepo.Log)), Text(run.Steps, TempRepo.Log));
        Assert.Equal(State(active: true), Text(run.Steps, ArtifactPaths.State));
        Assert.Equal(run.Shown, TappedRun.Replayed(run.Written()));
    }

    [Fact]
    public void A_clock_that_goes_back_leaves_the_steps_in_order()
    {
        using var run = new TappedRun(repo.Root);
        Event("loop_start");
        run.Look();
        Event("iteration_start");
        run.Look(-7200);
        Event("role_start");
        run.Look(86_400);

        var tape = run.Written();

        Assert.Equal(tape.Steps.Select(static step => step.At).Order(), tape.Steps.Select(static step => step.At));
    }

    [Fact]
    public void Logs_and_reports_are_recorded_where_they_were_asked_for()
    {
        using var run = new TappedRun(repo.Root, withReports: true);
        var log = ArtifactPaths.Loop(TempRepo.Loop) + "/logs/iter-1/planner.log";
        Directory.CreateDirectory(Path.GetDirectoryName(repo.Full(log))!);
        File.WriteAllText(repo.Full(log), "one\n");
        repo.Write(ArtifactPaths.Loop(TempRepo.Loop) + "/review.md", "fine");
        run.Look(2);
        File.AppendAllText(repo.Full(log), "two\n");
        run.Look(2);
        File.Delete(repo.Full(log));
        run.Look(2);

        Assert.Equal("fine", Text(run.Steps, ArtifactPaths.Loop(TempRepo.Loop) + "/review.md"));
        Assert.Equal(["put", "append", "remove"], run.Steps.Where(step => PathOf(step) == log).Select(static step => step switch
        {
            TapePut => "put",
            TapeAppend => "append",
            _ => "remove",
        }));
    }

    public void Dispose() => repo.Dispose();

    private static string State(bool active) =>
        $$"""{"active":{{(active ? "true" : "false")}},"iteration":1,"current_loop_id":"{{TempRepo.Loop}}","updated_at":"{{Run}}"}""";

    private static string Line(string name) =>
        $$"""{"timestamp":"{{Run}}","event":"{{name}}","loop_id":"{{TempRepo.Loop}}","run_id":"{{Run}}","iteration":1}""" + "\n";

    private static string? PathOf(TapeStep step) => step switch
    {
        TapePut put => put.Path,
        TapeAppend append => append.Path,
        TapeRemove remove => remove.Path,
        _ => null,
    };

    /// <summary>What a file holds after the steps.</summary>
    private static string Text(IEnumerable<TapeStep> steps, string path)
    {
        var text = "";
        foreach (var step in steps.Where(step => PathOf(step) == path))
        {
            text = step switch
            {
                TapePut put => Encoding.UTF8.GetString(put.Text),
                TapeAppend append => text + Encoding.UTF8.GetString(append.Text),
                _ => "",
            };
        }

        return text;
    }

    private void Event(string name) => repo.Append(TempRepo.Log, Line(name));

    /// <summary>Processes as the test says they are.</summary>
    private sealed class TapeTable : IProcessTable
    {
        public ProcessSighting? Claim { get; set; }

        public RunSearch Found { get; set; } = new(ProcessFate.Gone, "no process runs this loop");

        public IReadOnlyList<string> Running { get; set; } = [];

        public bool IsObservable => true;

        public IReadOnlyList<string> RunningLoops() => Running;

        public ProcessSighting Inspect(ActiveRun run) => Claim!;

        public ProcessSighting Inspect(CapturedProcess process) => new(process.Pid, ProcessFate.Gone, "gone");

        public RunSearch Search(string loop, DateTimeOffset now, bool isFresh) => Found;
    }
}
