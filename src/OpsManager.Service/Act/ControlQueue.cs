using System.Collections.Concurrent;
using System.IO.Abstractions;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Contract.Words;
using OpsManager.Control.Act;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Control;
using OpsManager.Service.Http;
using OpsManager.Service.Options;
using OpsManager.Sources.Processes;

namespace OpsManager.Service.Act;

/// <summary>
/// Carries out controls, those of one loop one after another, even if the caller has hung up; and each key once.
/// </summary>
/// <param name="leaving">The service ends: what has not begun is not begun.</param>
/// <param name="onControl">Gets each request that was carried out; null where nobody listens.</param>
internal sealed class ControlQueue(
    IFileSystem files, TimeProvider time, Func<string, string?> environment, ChildProcess children, ServeOptions options, AccessLog log,
    CancellationToken leaving, Action<ControlRequest>? onControl = null)
{
    /// <summary>How many controls of one loop may wait; their callers may have hung up.</summary>
    private const int MaxWaiting = 16;

    private readonly ConcurrentDictionary<string, Turn> turns = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly HashSet<Task> underWay = [];

    /// <exception cref="Refusal">Nothing was sent.</exception>
    public Task<ControlAnswered> RunAsync(ControlOrder order)
    {
        var task = Task.Run(() => InTurnAsync(order));
        lock (gate)
        {
            underWay.RemoveWhere(static done => done.IsCompleted);
            underWay.Add(task);
        }

        return task;
    }

    /// <summary>Ends when no control is under way.</summary>
    public async Task DrainAsync()
    {
        while (UnderWay() is { Length: > 0 } tasks)
        {
            // How each went was told to whoever asked for it.
            await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task[] UnderWay()
    {
        lock (gate)
        {
            return [.. underWay.Where(static task => !task.IsCompleted)];
        }
    }

    private async Task<ControlAnswered> InTurnAsync(ControlOrder order)
    {
        // A cancel is for the repository, and waits for no approval.
        var turn = turns.GetOrAdd(order.Intent is Intent.Cancel ? "" : order.Loop, static _ => new Turn());
        if (Interlocked.Increment(ref turn.Waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref turn.Waiting);
            throw Refusal.Busy($"{MaxWaiting} controls of loop {order.Loop} are waiting already; nothing was sent, try again later");
        }

        await turn.Gate.WaitAsync().ConfigureAwait(false);
        try
        {
            return leaving.IsCancellationRequested
                ? throw Refusal.Busy("the service is ending; nothing was sent")
                : await OnceAsync(order).ConfigureAwait(false);
        }
        finally
        {
            turn.Gate.Release();
            Interlocked.Decrement(ref turn.Waiting);
        }
    }

    private async Task<ControlAnswered> OnceAsync(ControlOrder order)
    {
        var kept = new IdempotencyFile(files, time, options.Repo, order.Loop);
        if (Answered(kept, order) is { } before)
        {
            var now = await Control(order).NowAsync(Request(order, RuntimeCommand.Usual)).ConfigureAwait(false);
            return before with { Answer = before.Answer with { Now = now ?? before.Answer.Now } };
        }

        RuntimeCommand command;
        try
        {
            command = new CommandFinder(files, environment).Find(options.Repo, options.RuntimeCommand);
            if (options.ReadOnly)
            {
                throw ControlRunner.ReadOnly(order.Intent, command);
            }
        }
        catch (ContractException error)
        {
            // Nothing was done, so nothing is kept: asked again when that is mended, it is done.
            return Failed(error.Message, order.Trace);
        }

        return await SendAsync(order, command, kept).ConfigureAwait(false);
    }

    private async Task<ControlAnswered> SendAsync(ControlOrder order, RuntimeCommand command, IdempotencyFile kept)
    {
        var faults = new ConcurrentQueue<string>();
        ControlAnswered? answered = null;
        var request = Request(order, command) with
        {
            Waits = log.Tell,
            // While the loop is still locked: another service that has waited for it finds the answer.
            Ends = async result => answered = await EndAsync(order, result, faults, kept).ConfigureAwait(false),
        };
        ControlResult result;
        try
        {
            result = await Control(order).RunAsync(request, faults.Enqueue).ConfigureAwait(false);
        }
        catch (ContractException error) when (error.Code == ControlRequest.KeyTaken)
        {
            throw Refusal.Invalid(error.Message);
        }

        if (!result.IsHeldOff && !result.Replayed)
        {
            onControl?.Invoke(request);
        }

        return result.IsHeldOff ? throw Refusal.Busy(result.Words!) : answered!;
    }

    private async Task<ControlAnswered> EndAsync(
        ControlOrder order, ControlResult result, ConcurrentQueue<string> faults, IdempotencyFile kept)
    {
        try
        {
            if (result.Replayed && Answered(kept, order) is { } before)
            {
                return before with { Answer = before.Answer with { Now = result.Now } };
            }

            var answered = AnswerOf(order, result, faults);
            await kept.AddAsync(order.Key, new IdempotencyEntry
            {
                Status = answered.Status,
                Fingerprint = order.Fingerprint(),
                Answer = answered.Answer with { Now = null },
                At = time.GetUtcNow(),
            }).ConfigureAwait(false);
            return answered;
        }
        catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
        {
            // It was sent, so its result is reported. The key's rows in telemetry/control.jsonl keep it from being sent twice.
            var words = $"the answer could not be stored for its key: {error.Message}";
            log.Tell(words);
            faults.Enqueue(words);
            return AnswerOf(order, result, faults);
        }
    }

    /// <summary>What was answered to the key before; null where nothing was.</summary>
    /// <exception cref="Refusal">It was another request.</exception>
    private static ControlAnswered? Answered(IdempotencyFile kept, ControlOrder order) => kept.Find(order.Key) is not { } before ? null
        : before.Fingerprint == order.Fingerprint() ? new ControlAnswered(before.Status, before.Answer with { Replayed = true })
        : throw Refusal.Invalid($"idempotencyKey \"{order.Key}\" was used for another request; nothing was sent");

    private ControlRunner Control(ControlOrder order) =>
        ControlRunner.Local(files, time, children, options.Repo, order.Loop, ControlRequest.UsualInterval);

    private ControlRequest Request(ControlOrder order, RuntimeCommand command) => new()
    {
        Repo = options.Repo,
        Loop = order.Loop,
        Intent = order.Intent,
        By = order.By,
        Command = command,
        TraceId = order.Trace,
        IdempotencyKey = order.Key,
        Confirm = order.Confirm,
    };

    private static ControlAnswered AnswerOf(ControlOrder order, ControlResult result, ConcurrentQueue<string> faults)
    {
        var words = string.Join('\n', result.Words is { } said ? faults.Append(said) : faults);
        var status = result.ExitCode switch
        {
            ExitCodes.Ok => 200,
            ExitCodes.Ambiguous => 409,
            _ => 500,
        };
        return new ControlAnswered(status, new ControlAnswer
        {
            Ok = status == 200,
            ExitCode = result.ExitCode,
            Result = JsonSerializer.SerializeToElement(result.Row!, ContractJson.Default.IntentRow),
            Stderr = words.Length == 0 ? null : words,
            Replayed = result.Replayed,
            TraceId = order.Trace,
            Now = result.Now,
        });
    }

    private static ControlAnswered Failed(string why, string trace) =>
        new(
            500,
            new ControlAnswer { Ok = false, ExitCode = ExitCodes.Failed, Result = null, Stderr = why, Replayed = false, TraceId = trace });

    /// <summary>The turn of the cancels, or of the approvals and rejections of one loop.</summary>
    private sealed class Turn
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Waiting;
    }
}
