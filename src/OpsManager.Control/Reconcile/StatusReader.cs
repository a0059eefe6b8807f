using System.IO.Abstractions;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Control.Storage;

namespace OpsManager.Control.Reconcile;

/// <summary>Gathers what the manager kept of a loop, whoever wrote it, for the <c>status</c> verb.</summary>
public sealed class StatusReader(IFileSystem files, TimeProvider time)
{
    /// <param name="places">Files that take the place of the manager's own; null for none.</param>
    /// <param name="window">Newest rows of telemetry that are summed up.</param>
    /// <exception cref="ContractException">Nothing was kept yet, or a kept file cannot be read.</exception>
    public StatusRecord Read(
        string repo, string loop, IReadOnlyDictionary<string, string>? places = null, int window = TelemetrySummary.UsualWindow)
    {
        var kept = new ManagerFiles(files, repo, loop, places: places);
        var state = kept.LoadState(kept.State);
        var health = kept.LoadDocument(kept.Health) ?? state?.Root.Field("health");
        if (state is null && health is null)
        {
            throw new ContractException(
                FailureCodes.SnapshotUnavailable,
                $"required artifact missing: {kept.State} (run \"ops-manager reconcile --repo {repo} --loop {loop}\" first)");
        }

        // A state of an older tool has the word alone.
        var run = state?.Root.Field("run");
        var reconcile = kept.LastRow(kept.ReconcileRows);
        var drift = kept.LoadDocument(kept.Drift) ?? state?.Root.Field("drift");
        var control = StatusParts.Control(kept.LastRow(kept.Intents), kept.LastRow(kept.ControlRows));
        var alerts = StatusParts.Alerts(kept.LoadDocument(kept.AlertDispatch), kept.LastRow(kept.AlertRows));
        return new StatusRecord
        {
            SchemaVersion = ContractVersion.V1,
            GeneratedAt = time.GetUtcNow(),
            Source = new SourceRef { RepoPath = repo, LoopId = loop },
            Lifecycle = new StatusLifecycle
            {
                State = state?.CurrentState ?? Lifecycle.Unknown,
                Confidence = state is null ? null : state.Confidence ?? Confidence.Low,
                RunId = run?.Text("runId"),
                Iteration = run?.Whole("iteration"),
            },
            Health = health,
            Cursor = Cursor(kept, state),
            Control = control,
            Reconcile = StatusParts.Reconcile(reconcile),
            Visibility = StatusParts.Visibility(kept, state, control, reconcile, alerts),
            Tuning = TelemetrySummary.From(kept, window, health?.Field("thresholds")?.Text("profile")),
            Drift = drift,
            Alerts = alerts,
            Files = StatusParts.Files(kept),
            Assessment = state?.Part("assessment", ContractJson.Default.AssessmentRecord),
        };
    }

    private static JsonElement Cursor(ManagerFiles kept, KeptState? state) => kept.LoadDocument(kept.Cursor)
        ?? state?.Root.Field("cursor")
        ?? JsonSerializer.SerializeToElement(new CursorRef { EventLineOffset = 0, EventLineCount = 0 }, ContractJson.Default.CursorRef);
}
