using System.Text.Json;
using OpsManager.Contract.Json;
using OpsManager.Contract.Text;
using OpsManager.Sources.Nats;

namespace OpsManager.Service.Publish;

/// <summary>What the server's refusals mean, in words.</summary>
internal static class BusRefusal
{
    // Error codes of the server.
    private const long NoLeader = 10008;
    private const long NotNow = 10009;
    private const long MaxBytesReached = 10047;
    private const long MessageTooLarge = 10054;
    private const long StreamNotFound = 10059;
    private const long LastSequenceDiffers = 10071;
    private const long StoreFailed = 10077;
    private const long LastSequenceUnknown = 10164;

    /// <summary>Why a subject was refused.</summary>
    /// <param name="error">The <c>error</c> of the answer.</param>
    public static BusFault From(NatsSettings settings, string subject, JsonElement error)
    {
        var (code, said) = (error.Whole("err_code"), SafeText.Clean(error.Text("description") ?? "no reason given"));
        return code switch
        {
            LastSequenceDiffers or LastSequenceUnknown => new BusFault(BusFaultKind.WrongSequence, $"{subject}: {said}"),
            NoLeader or NotNow => new BusFault(
                BusFaultKind.Away,
                $"{settings.Shown} cannot take {subject} now: {said}. Nothing is lost: it is tried again until it can."),
            StoreFailed or MaxBytesReached => new BusFault(
                BusFaultKind.Full, $"Stream {settings.Stream} is full: {said}. Raise its max_bytes, or let it discard old messages."),
            MessageTooLarge => new BusFault(
                BusFaultKind.TooLarge, $"{subject}: {said}. Raise max_msg_size of stream {settings.Stream}."),
            _ => new BusFault(BusFaultKind.Other, $"{settings.Shown} refuses {subject}: {said}"),
        };
    }

    /// <summary>Whether an answer says that there is no such stream.</summary>
    public static bool IsNoStream(JsonElement error) => error.Whole("err_code") == StreamNotFound;

    public static BusFault NoStream(NatsSettings settings, string subject, Exception cause) => new(
        BusFaultKind.NoStream,
        $"{settings.Shown} has no stream {settings.Stream} for {subject}. Make it with \"ops-manager fleet init --apply\"; it is tried "
            + "again until then.",
        cause);

    /// <summary>The stream is there, and nobody takes the message.</summary>
    public static BusFault NoTaker(NatsSettings settings, string subject, Exception cause) => new(
        BusFaultKind.Away,
        $"Stream {settings.Stream} does not take {subject} now: it has no leader, or not this subject (\"ops-manager fleet init\" "
            + "compares). Nothing is lost: it is tried again until it does.",
        cause);
}
