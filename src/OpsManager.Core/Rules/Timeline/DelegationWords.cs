using System.Text.Json;
using OpsManager.Contract.Words;
using static OpsManager.Core.Rules.Timeline.PayloadText;

namespace OpsManager.Core.Rules.Timeline;

/// <summary>Events of a role that gives work to children, in words.</summary>
internal static class DelegationWords
{
    /// <summary>Null where the event is another one.</summary>
    public static string? For(in EventFields fields) => fields.Name switch
    {
        EventNames.DelegationRequestPassStart => "is asked what to delegate",
        EventNames.DelegationRequestPassEnd => fields.Status is null or GateWords.Ok
            ? "has said what to delegate"
            : $"did not say what to delegate: {Plain(fields.Status)}",
        EventNames.DelegationChildStart => $"{Child(fields.Data)} started",
        EventNames.DelegationChildEnd => $"{Child(fields.Data)} {ChildEnd(fields)}",
        EventNames.DelegationWaveStart => WaveStart(fields.Data),
        EventNames.DelegationWaveEnd => WaveEnd(fields.Data),
        EventNames.DelegationWaveDispatch => $"{Child(fields.Data)} dispatched{Launched(fields.Data)}",
        EventNames.DelegationWaveQueueDrain => $"{Wave(fields.Data)}: {Working(fields.Data)} at work{Launched(fields.Data)}",
        EventNames.DelegationReconViolation => Violation(fields.Data),
        EventNames.DelegationFailRole => "failed: its delegation failed",
        _ => null,
    };

    private static string Child(JsonElement? data) => Word(data, "child_id") is { } child ? $"child {child}" : "child";

    private static string Wave(JsonElement? data) => Number(data, "wave") is { } wave ? $"wave {Text(wave)}" : "wave";

    private static string ChildEnd(in EventFields fields)
    {
        var attempts = Number(fields.Data, "attempts") is > 1 and var tries ? $", attempt {Text(tries)}" : "";
        return (Word(fields.Data, "terminal_state") ?? fields.Status) switch
        {
            OutcomeWords.Completed or GateWords.Ok => $"completed{attempts}",
            "timed_out" => $"timed out{attempts}",
            { } state when Number(fields.Data, "exit_code") is { } exit and not 0 => $"ended: {Plain(state)}, exit {Text(exit)}{attempts}",
            { } state => $"ended: {Plain(state)}{attempts}",
            _ => $"ended{attempts}",
        };
    }

    private static string WaveStart(JsonElement? data)
    {
        var children = Number(data, "children_to_run") ?? Number(data, "requested_children");
        var cap = Number(data, "concurrency_cap") is { } most ? $", {Text(most)} at a time" : "";
        return children is { } count ? $"{Wave(data)} started: {Count(count, "child", "children")}{cap}" : $"{Wave(data)} started";
    }

    private static string WaveEnd(JsonElement? data)
    {
        var (done, all) = (Number(data, "children_succeeded"), Number(data, "requested_children"));
        var stopped = Flag(data, "adaptation_stopped") == true ? ", stopped by adaptation" : "";
        return done is { } succeeded && all is { } requested
            ? $"{Wave(data)} ended: {Text(succeeded)} of {Count(requested, "child", "children")} succeeded{stopped}"
            : $"{Wave(data)} ended{stopped}";
    }

    private static string Working(JsonElement? data) => Number(data, "active_workers") is { } workers ? Text(workers) : "some";

    private static string Launched(JsonElement? data) =>
        Number(data, "launched_children") is { } launched && Number(data, "total_children") is { } total
            ? $", {Text(launched)} of {Text(total)} launched"
            : "";

    private static string Violation(JsonElement? data)
    {
        var changed = Listed(data, "changed_files") is { } files ? $" changed {files}" : " changed files";
        return $"{Child(data)}{changed}, but may only look";
    }
}
