using System.Collections.Immutable;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Control.Telemetry;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Control;
using Xunit;

namespace OpsManager.Control.Tests.Telemetry;

public sealed class LogEntriesTests
{
    private const string Repo = "/srv/app";
    private const string Loop = "checkout-flow";

    private static readonly DateTimeOffset Start = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_was_so_before_a_loop_was_known_is_not_in_it()
    {
        var first = Fleet(Model(Lifecycle.Failed, "process_gone"));

        Assert.Empty(LogEntries.Between(FleetModel.Empty, first));
        Assert.Empty(LogEntries.Between(first, first));
    }

    [Fact]
    public void A_transition_and_an_alert_are_entries_and_so_is_its_end()
    {
        var (running, failed) = (Fleet(Model(Lifecycle.Running)), Fleet(Model(Lifecycle.Failed, "process_gone")));

        Assert.Equal(
            ["info loop.transition to=failed", "error alert.raised alert=process_gone"], LogEntries.Between(running, failed).Select(Text));
        Assert.Equal(
            ["info loop.transition to=running", "info alert.cleared alert=process_gone"],
            LogEntries.Between(failed, running).Select(Text));
    }

    [Fact]
    public void An_intent_is_told_from_its_start_to_the_evidence_and_each_step_once()
    {
        ControlRow[] rows =
        [
            Row(ControlRow.Started, 0), Row(ControlRow.Executed, 2) with { ExitCode = 0 },
            Row(ControlRow.Finished, 5).Took(
                ControlRow.Effect.Observed,
                new Confirmation(new EvidenceRecord { Source = "approval", Fact = "approval.json is approved", Path = null }, [])),
        ];
        var told = new List<string>();
        var before = Fleet(Model(Lifecycle.AwaitingApproval));
        for (var count = 1; count <= rows.Length; count++)
        {
            var next = Fleet(Model(Lifecycle.AwaitingApproval) with { Cases = ControlCases.From(rows[..count]) });
            told.AddRange(LogEntries.Between(before, next).Select(static entry => $"{entry.TraceId} {entry.Event}"));
            before = next;
        }

        Assert.Equal(["t-1 control.started", "t-1 control.executed", "t-1 control.outcome"], told);
        var all = LogEntries.Steps(Repo, Loop, null, ControlCases.From(rows).Recorded[0]).ToArray();
        Assert.Contains(("evidence", "approval: approval.json is approved"), all[^1].Fields);
        Assert.DoesNotContain(all.SelectMany(static entry => entry.Fields), static field => field.Name is "note" or "command");
    }

    private static string Text(LogEntry entry) => $"{entry.Level} {entry.Event} {entry.Fields[0].Name}={entry.Fields[0].Value}";

    private static FleetModel Fleet(LoopModel loop) => FleetModel.Empty with
    {
        Repos = FleetModel.Empty.Repos.SetItem(
            Repo, new RepoModel(Repo) { Loops = ImmutableSortedDictionary<string, LoopModel>.Empty.SetItem(Loop, loop) }),
    };

    private static LoopModel Model(Lifecycle lifecycle, params string[] alerts) => new(Repo, Loop)
    {
        Verdict = new Verdict
        {
            Ruling = new Ruling(lifecycle, "a reason", Confidence.High, null),
            Findings = [.. alerts.Select(static code => new FindingRecord
            {
                Code = code, Severity = Severity.Error, Since = Start, Evidence = [],
            })],
        },
    };

    private static ControlRow Row(string phase, int second) => new()
    {
        Timestamp = Start.AddSeconds(second),
        Phase = phase,
        LoopId = Loop,
        IdempotencyKey = "key-1",
        TraceId = "t-1",
        Intent = IntentWords.Approve,
        RequestedBy = "ada",
        Command = "superloop.sh approve",
        Aim = null,
    };
}
