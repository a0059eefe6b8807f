using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Control.Storage;

namespace OpsManager.Control.Reconcile;

/// <summary>Gathers what the manager kept of a loop, for the <c>status</c> verb.</summary>
public sealed class StatusReader(IFileSystem files, TimeProvider time)
{
    /// <exception cref="ContractException">Nothing was kept yet, or a kept file cannot be read.</exception>
    public StatusRecord Read(string repo, string loop)
    {
        var kept = new ManagerFiles(files, repo, loop);
        var state = kept.LoadState(kept.State) ?? throw new ContractException(
            FailureCodes.SnapshotUnavailable,
            $"required artifact missing: {kept.State} (run \"ops-manager reconcile --repo {repo} --loop {loop}\" first)");
        // A state of an older tool has the word alone.
        var transition = state.Part("transition", ContractJson.Default.TransitionRecord);
        var run = state.Part("run", ContractJson.Default.EventRun);
        var intent = kept.LastRow(kept.Intents);
        var reconcile = kept.LastRow(kept.ReconcileRows);
        return new StatusRecord
        {
            SchemaVersion = ContractVersion.V1,
            GeneratedAt = time.GetUtcNow(),
            Source = new SourceRef { RepoPath = repo, LoopId = loop },
            Lifecycle = new StatusLifecycle
            {
                State = state.CurrentState ?? Lifecycle.Unknown,
                Confidence = transition?.Confidence ?? Confidence.Low,
                RunId = run?.RunId ?? ContractVersion.UnknownRun,
                Iteration = run?.Iteration ?? 0,
            },
            Health = kept.Load(kept.Health, ContractJson.Default.HealthRecord),
            Cursor = kept.Load(kept.Cursor, ContractJson.Default.CursorFile),
            Control = new StatusControl
            {
                LastIntent = intent?.Text("intent"),
                LastStatus = intent?.Text("status"),
                LastAt = intent?.Text("timestamp"),
                LastBy = intent?.Text("requestedBy"),
            },
            Reconcile = new StatusReconcile
            {
                LastStatus = reconcile?.Text("status"),
                LastAt = reconcile?.Text("timestamp"),
                LastError = reconcile?.Text("error"),
            },
            Visibility = new StatusVisibility
            {
                Heartbeat = kept.Load(kept.Heartbeat, ContractJson.Default.JsonElementNullable),
                Sequence = kept.Load(kept.Sequence, ContractJson.Default.JsonElementNullable),
                InvocationAudit = kept.LastRow(kept.ControlInvocations),
                Trace = new TraceRecord { TraceId = state.Root.Field("trace")?.Text("traceId") },
            },
            Assessment = state.Part("assessment", ContractJson.Default.AssessmentRecord),
        };
    }
}
