using System.Globalization;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using OpsManager.Contract.Fleet;

namespace OpsManager.Sources.Nats;

/// <summary>The stream that has a fleet, as it must be (docs/fleet.md, "The stream"): looks for it, makes it, changes it.</summary>
public sealed class FleetStream(NatsSettings settings, FleetStreamLimits limits)
{
    private const int NoSuchStream = 10059;
    private const int SubjectsOverlap = 10065;
    private const int TooFewServers = 10074;
    private const int NotEnabled = 10076;
    private const int NotEnabledForAccount = 10039;
    private const int TooLittleStorage = 10047;
    private const int TooLittleForAccount = 10002;
    private const int NoLimit = -1;

    private static readonly Setting[] Settings =
    [
        new("subjects", Subjects, static one => $"--subjects='{Subjects(one)}'"),
        new("storage", static one => Word(one.Storage), static one => $"--storage={Word(one.Storage)}") { IsFixed = true },
        new("retention", static one => Word(one.Retention), static one => $"--retention={Word(one.Retention)}") { IsFixed = true },
        new("discard", static one => Word(one.Discard), static one => $"--discard={Word(one.Discard)}"),
        new("max age", static one => StreamText.From(one.MaxAge), static one => $"--max-age={StreamText.Flag(one.MaxAge)}")
        {
            Limit = static one => one.MaxAge.Ticks,
        },
        new("max bytes", static one => StreamText.FromBytes(one.MaxBytes), static one => $"--max-bytes={StreamText.Number(one.MaxBytes)}")
        {
            Limit = static one => one.MaxBytes,
        },
        new("max messages", static one => StreamText.FromCount(one.MaxMsgs), static one => $"--max-msgs={StreamText.Number(one.MaxMsgs)}"),
        new(
            "max messages of a subject", static one => StreamText.FromCount(one.MaxMsgsPerSubject),
            static one => $"--max-msgs-per-subject={StreamText.Number(one.MaxMsgsPerSubject)}"),
        new(
            "max message size", static one => StreamText.FromBytes(one.MaxMsgSize),
            static one => $"--max-msg-size={StreamText.Number(one.MaxMsgSize)}"),
        new(
            "duplicate window", static one => StreamText.From(one.DuplicateWindow),
            static one => $"--dupe-window={StreamText.Flag(one.DuplicateWindow)}"),
        new(
            "replicas", static one => StreamText.Number(one.NumReplicas),
            static one => $"--replicas={StreamText.Number(one.NumReplicas)}"),
        new("acknowledges", static one => StreamText.From(!one.NoAck), static one => Switch("ack", !one.NoAck)),
        new("direct get", static one => StreamText.From(one.AllowDirect), static one => Switch("allow-direct", one.AllowDirect)),
        new("rollup", static one => StreamText.From(one.AllowRollupHdrs), static one => Switch("allow-rollup", one.AllowRollupHdrs)),
        new("delete", static one => StreamText.From(!one.DenyDelete), static one => Switch("deny-delete", one.DenyDelete))
        {
            IsFixed = true,
        },
        new("purge", static one => StreamText.From(!one.DenyPurge), static one => Switch("deny-purge", one.DenyPurge)) { IsFixed = true },
    ];

    /// <summary>The stream as the server has it; null where there is none.</summary>
    /// <exception cref="IOException">The server does not say; the message says why, and what to do.</exception>
    public async Task<StreamConfig?> FindAsync(NatsConnection connection, CancellationToken cancel)
    {
        try
        {
            var stream = await new NatsJSContext(connection).GetStreamAsync(settings.Stream, null, cancel).ConfigureAwait(false);
            return stream.Info.Config;
        }
        catch (NatsJSApiException error) when (error.Error.ErrCode == NoSuchStream)
        {
            return null;
        }
        catch (Exception error) when (IsAnswer(error))
        {
            throw Fault("cannot be looked for", error);
        }
    }

    /// <summary>Every setting that matters, as it is and as it must be.</summary>
    /// <param name="there">Null where there is no stream.</param>
    public IReadOnlyList<FleetStreamSetting> Compare(StreamConfig? there)
    {
        var wanted = Wanted(there);
        return [.. Settings.Select(one => new FleetStreamSetting(
            one.Name, one.Flag(wanted), there is null ? null : one.Text(there), one.Text(wanted), one.IsFixed,
            there is not null && one.IsShorter(there, wanted)))];
    }

    /// <summary>Makes the stream, or changes the one that is there.</summary>
    /// <exception cref="IOException">The server refuses; the message says why, and what to do.</exception>
    public async Task ApplyAsync(NatsConnection connection, StreamConfig? there, CancellationToken cancel)
    {
        var context = new NatsJSContext(connection);
        try
        {
            if (there is null)
            {
                await context.CreateStreamAsync(Wanted(null), cancel).ConfigureAwait(false);
            }
            else
            {
                await context.UpdateStreamAsync(Wanted(there), cancel).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (IsAnswer(error))
        {
            throw Fault(there is null ? "cannot be made" : "cannot be changed", error);
        }
    }

    /// <summary>What is not ours, such as a description or a placement, stays as it is.</summary>
    private StreamConfig Wanted(StreamConfig? there) => (there ?? new StreamConfig { Name = settings.Stream }) with
    {
        // Requests (PREFIX.*.control) must not be in it: the server would answer them before the sprite does.
        Subjects = [.. FleetSubject.StreamSubjects(settings.Prefix)],
        Storage = StreamConfigStorage.File,
        Retention = StreamConfigRetention.Limits,
        Discard = StreamConfigDiscard.Old,
        MaxAge = limits.MaxAge ?? there?.MaxAge ?? FleetStreamLimits.DefaultMaxAge,
        MaxBytes = limits.MaxBytes ?? there?.MaxBytes ?? FleetStreamLimits.DefaultMaxBytes,
        DuplicateWindow = limits.DuplicateWindow ?? there?.DuplicateWindow ?? FleetStreamLimits.DefaultDuplicateWindow,
        NumReplicas = limits.Replicas ?? there?.NumReplicas ?? FleetStreamLimits.DefaultReplicas,
        MaxMsgs = NoLimit,
        MaxMsgsPerSubject = NoLimit,
        MaxMsgSize = NoLimit,
        NoAck = false,
        AllowDirect = true,
        AllowRollupHdrs = false,
        DenyDelete = false,
        DenyPurge = false,
    };

    private IOException Fault(string what, Exception error) =>
        new($"stream {settings.Stream} on {settings.Shown} {what}: {Reason(error)}", error);

    private string Reason(Exception error) => error switch
    {
        NatsJSApiException { Error.ErrCode: NotEnabled or NotEnabledForAccount } =>
            "the server has no JetStream for this user; see docs/fleet.md, \"A server\"",
        NatsJSApiException { Error: { ErrCode: TooFewServers } answer } =>
            $"the server says: {answer.Description}. Each replica needs a server of its own: name at most as many as the cluster has",
        NatsJSApiException { Error: { ErrCode: SubjectsOverlap } answer } =>
            $"the server says: {answer.Description}. Remove the subjects from the other stream, or use another prefix",
        NatsJSApiException { Error: { ErrCode: TooLittleStorage or TooLittleForAccount } answer } =>
            $"the server says: {answer.Description}. It reserves max bytes as a whole: ask for less, or give the server more "
                + "(max_file_store)",
        NatsJSApiException { Error: var answer } => $"the server says: {answer.Description}",
        NatsNoRespondersException => "the server has no JetStream; see docs/fleet.md, \"A server\"",
        _ => $"no answer. Does the server run JetStream, and may this user ask for {settings.Stream}? "
            + "See docs/fleet.md, \"Who may what\"",
    };

    private static bool IsAnswer(Exception error) => error is NatsException or TimeoutException;

    private static string Subjects(StreamConfig one) => string.Join(',', (one.Subjects ?? []).Order(StringComparer.Ordinal));

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLower(CultureInfo.InvariantCulture);

    private static string Switch(string flag, bool isOn) => isOn ? $"--{flag}" : $"--no-{flag}";

    /// <summary>One setting: its name, its value as a text, and the same as a flag of <c>nats</c>.</summary>
    private sealed record Setting(string Name, Func<StreamConfig, string> Text, Func<StreamConfig, string> Flag)
    {
        /// <summary>Whether the server refuses to change it on a stream that is there.</summary>
        public bool IsFixed { get; init; }

        /// <summary>How much may be there; 0 and less is without a limit. Null for a setting that limits nothing.</summary>
        public Func<StreamConfig, long>? Limit { get; init; }

        public bool IsShorter(StreamConfig there, StreamConfig wanted) =>
            Limit is { } limit && limit(wanted) > 0 && (limit(there) <= 0 || limit(there) > limit(wanted));
    }
}
