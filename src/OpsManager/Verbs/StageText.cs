using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;

namespace OpsManager.Verbs;

/// <summary>The stage of a loop, as lines with a label, for people.</summary>
internal static class StageText
{
    public static IEnumerable<string[]> Rows(RolloutRecord rollout)
    {
        yield return ["Stage", rollout.Stage == RolloutStage.Passive ? "passive" : "assisted"];
        yield return ["Set", (rollout.ChangedAt, rollout.ChangedBy) switch
        {
            (null, null) => "never: this is the default",
            (var at, var by) => string.Join(' ', [
                .. by is null ? Array.Empty<string>() : [$"by {by}"],
                .. at is { } time ? [$"at {UtcSecondsConverter.Text(time)}"] : Array.Empty<string>()]),
        }];
        if (rollout.Reason is { Length: > 0 } reason)
        {
            yield return ["Reason", reason];
        }

        if (rollout.Rollback is { } rollback)
        {
            yield return ["Rolled back", $"at {UtcSecondsConverter.Text(rollback.At)}: {rollback.Why ?? rollback.Cause}"];
            if (rollback.Incident is { } incident)
            {
                yield return ["Incident", incident];
            }
        }

        if (rollout.Rearm is { } rearm)
        {
            yield return [
                "Re-armed",
                $"{(rearm.By is null ? "" : $"by {rearm.By} ")}at {UtcSecondsConverter.Text(rearm.At)}"
                    + $"{(rearm.Reason is null ? "" : $": {rearm.Reason}")}"];
        }
    }
}
