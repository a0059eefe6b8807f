using System.Globalization;
using System.Text.Json;
using NATS.Client.Core;
using OpsManager.Contract.Fleet;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Service.Act;
using OpsManager.Service.Http;

namespace OpsManager.Service.Publish;

/// <summary>
/// Answers requests for controls that come over the message bus, by the same code as <c>POST /ops/control</c> (docs/fleet.md).
/// </summary>
/// <param name="subject">Where they come.</param>
/// <param name="hasConflict">Whether another sprite publishes a loop under the same name: then it is unknown which one is meant.</param>
internal sealed class ControlResponder(
    FleetBus bus, string subject, ControlRequests requests, Func<string, bool> hasConflict, TimeProvider time, Func<string> newId,
    AccessLog log)
{
    /// <summary>Longest body of a request, in bytes.</summary>
    private const int MaxBody = 64 * 1024;

    /// <summary>Requests that are answered at a time; further ones are refused.</summary>
    private const int MaxAtOnce = 64;

    /// <summary>Of several publishers of one repository, one answers.</summary>
    private const string Group = "ops-manager";

    private const string Method = "REQUEST";

    /// <summary>
    /// What the subjects begin with on which people's programs wait for answers. A message that the server itself delivers here, because
    /// somebody made a consumer do that, has another one.
    /// </summary>
    private const string Inbox = "_INBOX.";

    private readonly HashSet<Task> underWay = [];
    private bool hasToldOfReply;

    /// <summary>Answers until it is cancelled; then what is under way is awaited.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        bus.Connection.ServerError += (_, error) =>
        {
            if (error.Error.Contains($"\"{subject}\"", StringComparison.OrdinalIgnoreCase))
            {
                log.Tell($"The server does not let {subject} be answered, so no control is carried out: give this user the permission.");
            }

            return default;
        };
        try
        {
            await bus.OpenAsync(cancel).ConfigureAwait(false);
            var messages = bus.Connection.SubscribeAsync(
                subject, Group, NatsRawSerializer<byte[]>.Default, cancellationToken: cancel).ConfigureAwait(false);
            await foreach (var message in messages)
            {
                underWay.RemoveWhere(static task => task.IsCompletedSuccessfully);
                if (!IsRequest(message))
                {
                    continue;
                }

                underWay.Add(Task.Run(() => AnswerAsync(message, isBusy: underWay.Count >= MaxAtOnce), CancellationToken.None));
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // That is how it ends.
        }
        finally
        {
            await Task.WhenAll(underWay).ConfigureAwait(false);
        }
    }

    /// <summary>Whether somebody asks, and waits for an answer. What is not so gets none, and nothing is carried out.</summary>
    private bool IsRequest(NatsMsg<byte[]> message)
    {
        if (message.ReplyTo is not { Length: > 0 })
        {
            // Nobody would get the answer.
            return false;
        }

        if (message.Subject == subject && message.ReplyTo.StartsWith(Inbox, StringComparison.Ordinal))
        {
            return true;
        }

        if (!hasToldOfReply)
        {
            hasToldOfReply = true;
            log.Tell($"A message on {subject} is no request: its answer would not go to {Inbox} of a user. It is not carried out, and "
                + "further ones are not told of.");
        }

        return false;
    }

    private async Task AnswerAsync(NatsMsg<byte[]> message, bool isBusy)
    {
        var (began, caller) = (time.GetTimestamp(), new Caller(newId()));
        var (status, body) = await AnswerAsync(message.Data ?? [], caller, isBusy).ConfigureAwait(false);
        var headers = new NatsHeaders { [FleetHeaders.Status] = status.ToString(CultureInfo.InvariantCulture) };
        try
        {
            await message.ReplyAsync(body, headers, serializer: NatsRawSerializer<byte[]>.Default).ConfigureAwait(false);
            log.Add(began, Method, subject, caller.Loop, status, body.Length, caller.Trace);
        }
        catch (NatsException error)
        {
            // The caller asks again with the same key, and gets the same answer.
            log.Tell($"the answer to a control could not be sent: {error.Message}");
        }
    }

    private async Task<(int Status, byte[] Body)> AnswerAsync(byte[] text, Caller caller, bool isBusy)
    {
        try
        {
            if (text.Length > MaxBody)
            {
                throw new Refusal(413, ServiceCodes.TooLarge, $"the body is larger than {MaxBody} bytes");
            }

            if (isBusy)
            {
                throw Refusal.Busy($"{MaxAtOnce} controls are under way already; nothing was sent, try again later");
            }

            var answered = await requests.AnswerAsync(text, null, caller, CheckConflict).ConfigureAwait(false);
            return (answered.Status, JsonSerializer.SerializeToUtf8Bytes(answered.Answer, ContractJson.Default.ControlAnswer));
        }
        catch (Refusal refusal)
        {
            var error = new ServiceError { Error = new ServiceFault(refusal.Code, refusal.Message) };
            return (refusal.Status, JsonSerializer.SerializeToUtf8Bytes(error, ContractJson.Default.ServiceError));
        }
        catch (Exception error) when (error is Contract.ContractException or IOException or UnauthorizedAccessException)
        {
            return Failed(error.Message);
        }
    }

    private void CheckConflict(ControlOrder order)
    {
        if (hasConflict(order.Loop))
        {
            throw Refusal.Busy($"another sprite publishes loop {order.Loop} under the same name, so which one is meant is unknown; "
                + "nothing was sent");
        }
    }

    private static (int Status, byte[] Body) Failed(string why)
    {
        var error = new ServiceError { Error = new ServiceFault(ServiceCodes.RuntimeError, why) };
        return (502, JsonSerializer.SerializeToUtf8Bytes(error, ContractJson.Default.ServiceError));
    }

    private sealed class Caller(string trace) : IControlCaller
    {
        public string Trace { get; set; } = trace;

        public string? Loop { get; set; }

        /// <summary>Who has sent a request is not seen to go.</summary>
        public CancellationToken Gone => CancellationToken.None;
    }
}
