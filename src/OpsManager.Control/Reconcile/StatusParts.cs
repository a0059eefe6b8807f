using System.Text.Json;
using System.Text.Json.Nodes;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Control.Storage;

namespace OpsManager.Control.Reconcile;

/// <summary>The parts of what <c>status</c> prints. What another tool wrote counts like our own.</summary>
internal static class StatusParts
{
    /// <param name="intent">The newest row of intents.jsonl.</param>
    /// <param name="step">The newest row of telemetry/control.jsonl.</param>
    public static StatusControl Control(JsonElement? intent, JsonElement? step) => new()
    {
        LastIntent = intent?.Text("intent"),
        LastStatus = intent?.Text("status"),
        LastRequestedBy = intent?.Text("requestedBy"),
        LastTimestamp = intent?.Text("timestamp"),
        LastTraceId = intent?.Text("traceId") ?? step?.Text("traceId"),
    };

    /// <param name="row">The newest row of telemetry/reconcile.jsonl.</param>
    public static StatusReconcile Reconcile(JsonElement? row) => new()
    {
        LastStatus = row?.Text("status"),
        LastTimestamp = row?.Text("timestamp"),
        LastTransport = row?.Text("transport"),
        LastFailureCode = row?.Text("failureCode"),
        LastDurationSeconds = row?.Whole("durationSeconds"),
        LastTraceId = row?.Text("traceId"),
        LastError = row?.Text("failureMessage") ?? row?.Text("error"),
    };

    /// <summary>Null where there is neither.</summary>
    public static StatusAlerts? Alerts(JsonElement? dispatch, JsonElement? delivery) =>
        dispatch is null && delivery is null ? null : new StatusAlerts(dispatch, delivery);

    public static StatusVisibility Visibility(
        ManagerFiles kept, KeptState? state, StatusControl control, JsonElement? reconcile, StatusAlerts? alerts)
    {
        var heartbeat = kept.LoadDocument(kept.Heartbeat);
        var sequence = kept.LoadDocument(kept.Sequence);
        var invocation = kept.LastRow(kept.ControlInvocations);
        string? Trace(JsonElement? file, Func<JsonElement?> row) => file?.Text("traceId") ?? row()?.Text("traceId");
        var trace = new StatusTrace
        {
            TraceId = state?.Root.Field("trace") is { } kind ? kind.Text("traceId") ?? kind.Text("reconcileTraceId") : null,
            SnapshotTraceId = state?.Root.Field("trace")?.Text("traceId"),
            EventsTraceId = state?.Root.Field("trace")?.Text("traceId"),
            ControlTraceId = control.LastTraceId,
            ControlInvocationTraceId = invocation?.Text("traceId"),
            ReconcileTraceId = reconcile?.Text("traceId"),
            HeartbeatTraceId = Trace(heartbeat, () => kept.LastRow(kept.HeartbeatRows)),
            SequenceTraceId = Trace(sequence, () => kept.LastRow(kept.SequenceRows)),
            AlertTraceId = alerts?.LastDelivery?.Text("traceId") ?? alerts?.Dispatch?.Text("traceId"),
        };
        return new StatusVisibility
        {
            Heartbeat = heartbeat ?? OfRow(kept.LastRow(kept.HeartbeatRows)),
            Sequence = Sequence(sequence ?? kept.LastRow(kept.SequenceRows)),
            InvocationAudit = Audit(invocation),
            Trace = trace with { SharedTraceId = Shared(trace) },
        };
    }

    public static StatusFiles Files(ManagerFiles kept) => new()
    {
        StateFile = kept.State.ToString(),
        CursorFile = kept.Cursor.ToString(),
        HealthFile = kept.Health.ToString(),
        IntentsFile = kept.Intents.ToString(),
        HeartbeatStateFile = kept.Heartbeat.ToString(),
        HeartbeatTelemetryFile = kept.HeartbeatRows.ToString(),
        SequenceStateFile = kept.Sequence.ToString(),
        SequenceTelemetryFile = kept.SequenceRows.ToString(),
        ControlInvocationsFile = kept.ControlInvocations.ToString(),
        DriftStateFile = kept.Drift.ToString(),
        DriftHistoryFile = kept.DriftRows.ToString(),
        AlertDispatchStateFile = kept.AlertDispatch.ToString(),
        AlertDispatchTelemetryFile = kept.AlertRows.ToString(),
        ReconcileTelemetryFile = kept.ReconcileRows.ToString(),
        ControlTelemetryFile = kept.ControlRows.ToString(),
    };

    /// <summary>The heartbeat of a row, where the file itself is missing.</summary>
    private static JsonElement? OfRow(JsonElement? row) => row is not { } one ? null : Beside(
        one,
        ("freshnessStatus", one.Text("status")),
        ("lastHeartbeatAt", one.Text("heartbeatAt")),
        ("updatedAt", one.Text("timestamp")));

    private static JsonElement? Sequence(JsonElement? kept) => kept is not { } one ? null : Beside(
        one,
        ("snapshotCurrent", one.Field("snapshot")?.Whole("current")),
        ("eventsLast", one.Field("events")?.Whole("last")));

    private static JsonElement? Audit(JsonElement? row) => row is not { } one ? null : Beside(
        one,
        ("executionStatus", one.Field("execution")?.Text("status")),
        ("confirmationStatus", one.Field("confirmation")?.Text("status")),
        ("outcomeStatus", one.Field("outcome")?.Text("status")),
        ("replayed", one.Field("execution")?.Flag("replayed")));

    private static string? Shared(StatusTrace trace)
    {
        string?[] all =
            [trace.ControlTraceId, trace.ReconcileTraceId, trace.AlertTraceId, trace.HeartbeatTraceId, trace.SequenceTraceId];
        var known = all.OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        return known.Length == 1 ? known[0] : null;
    }

    /// <summary>A document with further fields beside its own; those without a value are left out.</summary>
    private static JsonElement Beside(JsonElement document, params (string Name, JsonNode? Value)[] more)
    {
        var whole = JsonObject.Create(document) ?? [];
        foreach (var (name, value) in more)
        {
            if (value is not null)
            {
                whole[name] = value;
            }
        }

        return JsonSerializer.SerializeToElement(whole, ContractJson.Default.JsonObject);
    }
}
