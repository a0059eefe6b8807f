using System.Text;
using OpsManager.Sources.Nats;
using OpsManager.Sources.Sprite;

namespace OpsManager.Control.Act;

/// <summary>
/// Has a sprite's publisher carry out an intent, by a request over NATS (docs/fleet.md, "Acting over NATS"). It is sent once: what gets no
/// answer is unknown, and is judged by the evidence that arrives.
/// </summary>
/// <param name="nats">The same sprite in the stream.</param>
internal sealed class NatsExecutor(ISprite sprite, NatsSprite nats) : IExecutor
{
    public Task<string?> PrepareAsync(ControlRequest request, CancellationToken cancel) =>
        SentAnswer.PrepareAsync(sprite, request, cancel);

    public async Task<Execution> RunAsync(ControlRequest request, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        try
        {
            var answer = await nats
                .RequestControlAsync(Encoding.UTF8.GetBytes(SentAnswer.Body(request)), SentAnswer.WaitFor(request), cancel)
                .ConfigureAwait(false);
            return ExecutionOf(answer);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return SentAnswer.Unanswered("waiting for an answer was interrupted");
        }
        finally
        {
            // Its result is looked for at once.
            sprite.Wake();
        }
    }

    private static Execution ExecutionOf(ControlReply answer) => SentAnswer.Read(answer.Status, answer.Body) ?? answer switch
    {
        { IsSent: false } => SentAnswer.NotSent(answer.Fault!),
        { Status: 0 } => SentAnswer.Unanswered(answer.Fault!),
        { Status: (>= 300 and < 500 and not 409) or 503 } => SentAnswer.NotSent(Said(answer)),
        _ => SentAnswer.Unanswered(Said(answer)),
    };

    private static string Said(ControlReply answer) =>
        $"the publisher answered {answer.Status}{(answer.Fault is { } fault ? $": {fault}" : "")}";
}
