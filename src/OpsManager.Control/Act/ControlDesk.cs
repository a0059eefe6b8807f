using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Control.Escalate;
using OpsManager.Control.Rollout;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Act;

/// <summary>
/// Where a session acts: sends what was confirmed, keeps what was acknowledged, and goes on looking for what is unfinished. A session
/// that may not act has none.
/// </summary>
public sealed class ControlDesk : IDisposable
{
    private readonly IFileSystem files;
    private readonly TimeProvider time;
    private readonly ControlDeskOptions options;
    private readonly Controller controller;
    private readonly ModelRecorders keepers;
    private readonly Rearmer rearmer;
    private readonly CancellationTokenSource leaving = new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, Task> underWay = [];

    public ControlDesk(
        IFileSystem files, TimeProvider time, IExecutor executor, IObservable<FleetModel> models, Rearmer rearmer,
        ControlDeskOptions options)
    {
        (this.files, this.time, this.rearmer, this.options) = (files, time, rearmer, options);
        controller = new Controller(files, time, executor, models);
        // Stepping back comes before all else.
        keepers = new ModelRecorders(
            new RollbackRecorder(files, time, options.By, options.TraceId),
            new CaseRecorder(files, time, IsUnderWay),
            new EscalationRecorder(files, time, options.TraceId));
    }

    /// <summary>Who acts, as the runtime records it.</summary>
    public string Operator => options.By;

    /// <summary>Whether a command that was sent has not ended yet.</summary>
    public bool IsExecuting => controller.IsExecuting;

    /// <summary>Sends what the operator confirmed; the result, or why nothing was sent, is reported later, on another thread.</summary>
    /// <param name="waits">Gets the key, and who holds the loop while another control of it has to end first.</param>
    /// <returns>The key of the intent.</returns>
    public string Send(ControlPlan seen, RuntimeCommand command, Action<ControlSent> told, Action<string, string> waits)
    {
        var key = options.NewKey();
        var request = new ControlRequest
        {
            Repo = seen.Target.Repo,
            Loop = seen.Target.Loop,
            Intent = seen.Intent,
            By = seen.Attempt.By,
            Seen = seen,
            Command = command,
            Transport = seen.Transport,
            TraceId = options.TraceId,
            IdempotencyKey = key,
            Timeout = options.Timeout,
            Waits = text => waits(key, text),
        };
        lock (gate)
        {
            underWay.Add(key, Task.Run(() => RunAsync(request, told)));
        }

        return key;
    }

    /// <summary>Keeps that the operator has seen an outcome.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Acknowledge(string repo, string loop, ControlCase known, string note) =>
        new ControlAudit(files, repo, loop).Step(new ControlRow
        {
            Timestamp = time.GetUtcNow(),
            Phase = ControlRow.Acknowledged,
            LoopId = loop,
            IdempotencyKey = known.Key,
            TraceId = known.TraceId,
            Intent = known.Intent,
            RequestedBy = known.By,
            Command = known.Command,
            Aim = known.Aim,
            Status = ControlRow.StatusOf(known.Outcome),
            Acknowledgement = new Acknowledgement(options.By, note),
        });

    /// <summary>Sets the stage of a loop.</summary>
    /// <exception cref="ContractException">The loop is not there.</exception>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void SetStage(string repo, string loop, RolloutStage stage, string reason) =>
        new StageStore(files, time).Set(repo, loop, stage, options.By, reason);

    /// <summary>Re-arms a loop after a rollback; the result is reported later, on another thread.</summary>
    /// <param name="told">Gets why the loop cannot be re-armed; null where it is.</param>
    public void Rearm(string repo, string loop, string reason, Action<string?> told)
    {
        lock (gate)
        {
            if (!underWay.ContainsKey(RearmKey(repo, loop)))
            {
                underWay.Add(RearmKey(repo, loop), Task.Run(() => RearmAsync(repo, loop, reason, told)));
            }
        }
    }

    /// <summary>Keeps what follows from a model: rollbacks, what is seen of unfinished intents, escalations.</summary>
    /// <returns>What cannot be saved; null where everything can, or where that was reported before.</returns>
    public string? Record(FleetModel fleet) => keepers.Record(fleet);

    /// <summary>Stops looking, and waits for commands that run: one that is cut off half-way leaves half of its work.</summary>
    public void Dispose()
    {
        leaving.Cancel();
        Task[] tasks;
        lock (gate)
        {
            tasks = [.. underWay.Values];
        }

        Task.WaitAll(tasks);
        leaving.Dispose();
    }

    private async Task RearmAsync(string repo, string loop, string reason, Action<string?> told)
    {
        try
        {
            await rearmer.ArmAsync(repo, loop, options.By, reason, leaving.Token).ConfigureAwait(false);
            told(null);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The session ends; the loop stays rolled back.
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            told(error.Message);
        }
        finally
        {
            lock (gate)
            {
                underWay.Remove(RearmKey(repo, loop));
            }
        }
    }

    private static string RearmKey(string repo, string loop) => $"rearm {repo} {loop}";

    private bool IsUnderWay(string key)
    {
        lock (gate)
        {
            return underWay.ContainsKey(key);
        }
    }

    private async Task RunAsync(ControlRequest request, Action<ControlSent> told)
    {
        try
        {
            var result = await controller.RunAsync(request, leave: leaving.Token).ConfigureAwait(false);
            told(result.Changes.Count > 0
                ? new ControlSent(request.IdempotencyKey, null, result.Changes, WasSent: false)
                : result.IsHeldOff ? new ControlSent(request.IdempotencyKey, result.Words, [], WasSent: false)
                : new ControlSent(
                    request.IdempotencyKey,
                    result.AuditFault is { } fault ? $"sent, but the result could not be recorded: {fault}" : null, [],
                    WasSent: true));
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The session ends; the record is open, and the next manager continues it.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ContractException)
        {
            told(new ControlSent(request.IdempotencyKey, $"nothing was sent: {error.Message}", [], WasSent: false));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A fault of ours must not pass for silence: the rows before it say how far it came, and the next manager continues it.
            told(new ControlSent(
                request.IdempotencyKey, $"sending was interrupted, and the tab Control shows how far it came: {error.Message}", [],
                WasSent: true));
        }
        finally
        {
            lock (gate)
            {
                underWay.Remove(request.IdempotencyKey);
            }
        }
    }
}

/// <summary>How a session acts.</summary>
/// <param name="By">The operator, as the runtime will record it.</param>
/// <param name="TraceId">Of all that this session sends.</param>
/// <param name="Timeout">How long a command may take, and how long its effect is looked for.</param>
/// <param name="NewKey">Makes an idempotency key.</param>
public sealed record ControlDeskOptions(string By, string TraceId, TimeSpan Timeout, Func<string> NewKey);

/// <summary>The end of a request. Its result is in the record, and in the models.</summary>
/// <param name="Fault">What went wrong with the sending or its record; null where nothing did.</param>
/// <param name="Changes">Why nothing was sent: what is different from what was confirmed.</param>
/// <param name="WasSent">Whether the command was started, or may have been.</param>
public sealed record ControlSent(string Key, string? Fault, IReadOnlyList<string> Changes, bool WasSent);
