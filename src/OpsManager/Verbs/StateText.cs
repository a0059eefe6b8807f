using OpsManager.Contract.Manager;
using OpsManager.Control.Reconcile;

namespace OpsManager.Verbs;

/// <summary>The manager's state of a loop, as lines with a label, for people.</summary>
internal static class StateText
{
    /// <summary>What is kept of a reconcile that failed.</summary>
    public static IEnumerable<string[]> Failed(ReconcileRequest request, HealthRecord health)
    {
        yield return ["Loop", $"{request.Loop} in {request.Repo}"];
        yield return ["Reconcile", health.FailureCode is { } code ? $"failed, {code}" : "failed"];
        yield return ["Health", Health(health)];
    }

    public static IEnumerable<string[]> Rows(ManagerState state)
    {
        yield return ["Loop", $"{state.Source.LoopId} in {state.Source.RepoPath}"];
        foreach (var row in AssessmentText.Rows(state.Assessment))
        {
            yield return row;
        }

        var (transition, flags) = (state.Transition, state.Divergence.Flags);
        yield return [
            "Contract status",
            AssessmentText.Status(state.Projection.Status, transition.Confidence, state.Run.RunId, state.Run.Iteration)];
        yield return ["Signal", transition.TriggeringSignal];
        yield return ["Divergence", string.Join(", ", new[]
        {
            (flags.ActiveMismatch, "activeMismatch"), (flags.ApprovalCompletionConflict, "approvalCompletionConflict"),
            (flags.CursorRegression, "cursorRegression"),
        }.Where(static flag => flag.Item1).Select(static flag => flag.Item2).DefaultIfEmpty("none"))];
        var (health, newest) = (state.Health, state.Evidence.NewestEvent);
        yield return ["Health", Health(health)];
        yield return ["Events read", $"{state.Cursor.EventLineOffset} of {state.Cursor.Lines}"];
        yield return ["Newest event", newest is null ? "none" : $"{newest.Name} at {newest.Timestamp}, line {newest.Line}"];
    }

    private static string Health(HealthRecord health) => string.Join(": ", [
        health.Status.ToString().ToLowerInvariant(),
        .. health.ReasonCodes.Count == 0 ? Array.Empty<string>() : [string.Join(", ", health.ReasonCodes)]]);
}
