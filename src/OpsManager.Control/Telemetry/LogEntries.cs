using System.Globalization;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Model;
using OpsManager.Core.Reports;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Telemetry;

/// <summary>
/// What a log file says of the difference between two models (docs/telemetry.md, "Log file"). What was so before a loop was known is not
/// in it.
/// </summary>
internal static class LogEntries
{
    public static IEnumerable<LogEntry> Between(FleetModel before, FleetModel after)
    {
        foreach (var change in Changes.Between(before, after))
        {
            if (change.Kind == EvidenceSources.Source || before.Loop(change.Repo, change.Loop) is { IsReading: false })
            {
                yield return Entry(change);
            }
        }

        foreach (var loop in after.Loops)
        {
            if (before.Loop(loop.Repo, loop.Id) is not { IsReading: false } known || ReferenceEquals(known, loop))
            {
                continue;
            }

            foreach (var entry in Rollback(known, loop))
            {
                yield return entry;
            }

            if (!ReferenceEquals(known.Cases, loop.Cases))
            {
                foreach (var entry in loop.Cases.Recorded.SelectMany(
                    intent => Steps(loop.Repo, loop.Id, known.Cases.FindRecorded(intent.Key), intent)))
                {
                    yield return entry;
                }
            }
        }
    }

    /// <summary>The steps of an intent that were not known before, from its start to the evidence.</summary>
    /// <param name="before">Null where nothing was known of it.</param>
    public static IEnumerable<LogEntry> Steps(string repo, string loop, ControlCase? before, ControlCase now)
    {
        LogEntry Step(DateTimeOffset at, string level, string name, params IReadOnlyList<(string, string?)> more) =>
            new(at, level, name, repo, loop, [("intent", now.Intent), ("idempotencyKey", now.Key), .. more]) { TraceId = now.TraceId };

        if (now.StartedAt is { } started && before?.StartedAt is null)
        {
            yield return Step(started, LogLevels.Info, "control.started", ("by", now.By), ("transport", now.Transport));
        }

        if (now.ExecutedAt is { } executed && before?.ExecutedAt is null)
        {
            yield return Step(
                executed, now.ExitCode is 0 or null ? LogLevels.Info : LogLevels.Warning, "control.executed",
                ("exitCode", now.ExitCode?.ToString(CultureInfo.InvariantCulture)));
        }

        if (now.ToldAt is { } told && (before?.ToldAt is null || before.Outcome != now.Outcome))
        {
            var isSuccess = now.Outcome is null || ControlRow.IsSuccess(now.Outcome);
            yield return Step(
                told, isSuccess ? LogLevels.Info : LogLevels.Warning, "control.outcome", ("outcome", ControlTrace.OutcomeOf(now)),
                ("why", now.Why), ("evidence", Join(now.Evidence.Select(static one => $"{one.Source}: {one.Fact}"))));
        }
    }

    private static LogEntry Entry(Change change)
    {
        var loop = change.Loop == "-" ? null : change.Loop;
        LogEntry Make(string level, string name, params IReadOnlyList<(string, string?)> fields) =>
            new(change.At, level, name, change.Repo, loop, fields);
        var why = change.Why.Length == 0 ? null : change.Why;
        return change.Kind switch
        {
            EvidenceSources.Source => Make(
                change.What == "recovered" ? LogLevels.Info : LogLevels.Warning, $"source.{change.What}", ("why", why)),
            "lifecycle" => Make(LogLevels.Info, "loop.transition", ("to", change.What), ("why", why)),
            "finding" => Make(
                change.Severity == Severity.Error ? LogLevels.Error : LogLevels.Warning, "alert.raised", ("alert", change.What),
                ("why", why)),
            "cleared" => Make(LogLevels.Info, "alert.cleared", ("alert", change.What)),
            "health" => Make(LogLevels.Info, "loop.health", ("to", change.What), ("why", why)),
            _ => Make(LogLevels.Warning, $"loop.{change.Kind}", ("why", why)),
        };
    }

    private static IEnumerable<LogEntry> Rollback(LoopModel before, LoopModel now)
    {
        if (now.Rollback is { } rollback && before.Rollback?.At != rollback.At)
        {
            yield return new(
                rollback.At, LogLevels.Warning, "loop.rolled_back", now.Repo, now.Id,
                [("cause", rollback.Cause), ("why", rollback.Why), ("incident", rollback.Incident)]);
        }
        else if (before.Rollback is not null && now.Rollback is null && now.ArmedAt is { } armed)
        {
            yield return new(armed, LogLevels.Info, "loop.rearmed", now.Repo, now.Id, []);
        }
    }

    private static string? Join(IEnumerable<string> texts) => string.Join("; ", texts) is { Length: > 0 } all ? all : null;
}
