using System.Globalization;
using System.IO.Abstractions;
using OpsManager.Control.Act;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Control;
using Xunit;

namespace OpsManager.Control.Tests.Act.Histories;

/// <summary>Plays one history to its end, on one thread and by its own clock, and checks everything on the way.</summary>
internal sealed class HistoryRun : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Who looks at the end waits this long for whoever else may be looking, and gives up what nobody sees.</summary>
    private static readonly TimeSpan LastLook = HistoryOperator.Patience + TimeSpan.FromSeconds(5);

    private static readonly TimeSpan MaxEnding = TimeSpan.FromMinutes(1);

    private static readonly string[] Names = ["ada", "bob", "cleo", "dan", "eve"];

    private readonly FileSystem disk = new();
    private readonly HistoryClock clock = new();
    private readonly HistoryProcesses processes = new();
    private readonly ControlHistory history;
    private readonly HistoryFiles files;
    private readonly HistoryRuntime runtime;
    private readonly HistoryRecord record;
    private readonly HistoryOracle oracle;
    private readonly List<ControlRequest> asked = [];
    private readonly List<(HistoryOperator Operator, Task Work)> running = [];

    public HistoryRun(ControlHistory history)
    {
        this.history = history;
        files = new HistoryFiles(clock.Time);
        runtime = new HistoryRuntime(files, processes, clock);
        record = new HistoryRecord(files);
        oracle = new HistoryOracle(runtime, processes, clock);
    }

    /// <summary>Everything that happened, for whoever has to understand a failure.</summary>
    public string Story => string.Join('\n', files.Marks);

    public int Told { get; private set; }

    public int Killed { get; private set; }

    public void Play()
    {
        runtime.Begin();
        var watcher = history.Watcher == Watcher.Nobody ? null : Watch(history.Watcher);
        foreach (var step in history.Steps)
        {
            Pass(TimeSpan.FromMilliseconds(step.GapMs));
            Do(step);
        }

        for (var waited = TimeSpan.Zero; running.Count > 0; waited += HistoryClock.Tick)
        {
            Assert.True(waited < Longest, $"{running[0].Operator.Request.Intent.Word} is never told anything");
            Pass(HistoryClock.Tick);
        }

        Pass(TimeSpan.FromSeconds(1));
        watcher?.Dispose();
        files.Note("the last look");
        using (var last = Watch(history.Watcher == Watcher.Watch ? Watcher.Watch : Watcher.Screen))
        {
            Pass(LastLook);
            Assert.Null(last.Fault);
        }

        record.Check();
        oracle.Check(record);
    }

    public void Dispose()
    {
        foreach (var (one, _) in running)
        {
            one.Dispose();
        }

        files.Dispose();
    }

    private void Do(HistoryStep step)
    {
        switch (step.Act)
        {
            case HistoryAct.Approve:
                Ask(step, new Intent.Approve());
                break;
            case HistoryAct.Reject:
                Ask(step, new Intent.Reject("not yet"));
                break;
            case HistoryAct.Cancel:
                Ask(step, new Intent.Cancel());
                break;
            case HistoryAct.HandApprove:
                runtime.Decide("approved", "zoe", step.TornMs, raced: true);
                break;
            case HistoryAct.HandReject:
                runtime.Decide("rejected", "zoe", step.TornMs, raced: true);
                break;
            case HistoryAct.TakeUp:
                runtime.TakeUp(step.AfterMs);
                break;
            case HistoryAct.Ask:
                runtime.Ask(again: false);
                break;
            case HistoryAct.AskAgain:
                runtime.Ask(again: true);
                break;
            case HistoryAct.EndRun:
                runtime.EndByItself();
                break;
            case HistoryAct.TearApproval:
                runtime.TearForAMoment(step.TornMs + 1);
                break;
            case HistoryAct.Kill when running.Count > 0:
                Kill(running[step.Who % running.Count]);
                break;
        }

        record.Check();
    }

    private void Ask(HistoryStep step, Intent intent)
    {
        var earlier = asked.Count == 0 ? null : asked[step.Who % asked.Count];
        var fresh = RequestOf(intent, Names[step.Who % history.Operators], $"k{(asked.Count + 1).ToString(CultureInfo.InvariantCulture)}");
        var request = (step.Key, earlier) switch
        {
            (KeyUse.Again, { } again) => again,
            (KeyUse.Stolen, { } stolen) => fresh with { IdempotencyKey = stolen.IdempotencyKey },
            _ => fresh,
        };
        for (var processes = step.Key == KeyUse.AtOnce ? 3 : 1; processes > 0; processes--)
        {
            Start(step, request);
        }
    }

    private void Start(HistoryStep step, ControlRequest request)
    {
        files.Note($"{request.Intent.Word} by {request.By}, key {request.IdempotencyKey}, {step.Fate}");
        asked.Add(request);
        var one = new HistoryOperator(disk, files, processes, runtime, clock, step, request, Send);
        if (request.Intent is Intent.Cancel)
        {
            foreach (var (other, _) in running.Where(static other => other.Operator.Request.Intent is Intent.Cancel))
            {
                (one.MetCancel, other.MetCancel) = (true, true);
            }
        }

        running.Add((one, one.WorkAsync(Tell)));
    }

    private HistorySent Send(HistoryOperator one)
    {
        files.Note($"sent: {one.Request.Intent.Word} by {one.Request.By}, key {one.Request.IdempotencyKey}");
        return oracle.Send(one);
    }

    private void Tell(HistoryOperator one)
    {
        files.Note($"told: {one}");
        Told++;
        oracle.Told(one);
    }

    private void Kill((HistoryOperator Operator, Task Work) one)
    {
        var request = one.Operator.Request;
        files.Note($"killed: {request.Intent.Word} by {request.By}, key {request.IdempotencyKey}");
        Killed++;
        var size = record.Size;
        one.Operator.Kill();
        // A delay that is cancelled ends on another thread; nothing else moves until it has.
        Assert.True(one.Work.Wait(MaxEnding), $"what was killed goes on: {one.Operator}");
        Assert.Equal(size, record.Size);
        Collect();
    }

    private void Pass(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += HistoryClock.Tick)
        {
            clock.Pass();
            Collect();
        }
    }

    /// <summary>Whoever has ended is gone; what a check found on the way is thrown here.</summary>
    private void Collect()
    {
        for (var i = running.Count - 1; i >= 0; i--)
        {
            if (running[i] is { Work.IsCompleted: true } ended)
            {
                running.RemoveAt(i);
                ended.Operator.Dispose();
                ended.Work.GetAwaiter().GetResult();
                record.Check();
            }
        }
    }

    private HistoryWatch Watch(Watcher who) => new(
        disk, files, processes, clock,
        who == Watcher.Screen ? new CaseRecorder(disk, clock.Time, static _ => false) : new OverruledRecorder(disk, clock.Time));

    private ControlRequest RequestOf(Intent intent, string by, string key) => new()
    {
        Repo = files.Root,
        Loop = HistoryFiles.Loop,
        Intent = intent,
        By = by,
        Command = RuntimeCommand.Usual,
        TraceId = "t",
        IdempotencyKey = key,
        Timeout = HistoryOperator.Patience,
    };
}
