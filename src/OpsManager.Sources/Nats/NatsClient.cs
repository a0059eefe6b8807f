using NATS.Client.Core;

namespace OpsManager.Sources.Nats;

/// <summary>The door to a NATS server: every connection is made here, so that limits and secrets are treated alike.</summary>
public static class NatsClient
{
    /// <summary>Messages that wait in this process; a stream is pulled from, so more do not come by themselves.</summary>
    private const int MaxPending = 4096;

    /// <summary>A connection that is not open yet. It goes on trying, whatever the server answers, until it is disposed.</summary>
    /// <param name="name">What the server's list of connections shows.</param>
    public static NatsConnection Create(NatsSettings settings, string name) => new(Options(settings, name));

    /// <summary>A connection that is open.</summary>
    /// <exception cref="IOException">The server cannot be reached, or refuses; the message has its address and what to check.</exception>
    public static async Task<NatsConnection> OpenAsync(NatsSettings settings, string name, TimeSpan patience, CancellationToken cancel)
    {
        var connection = Create(settings with { }, name);
        try
        {
            await connection.ConnectAsync().AsTask().WaitAsync(patience, cancel).ConfigureAwait(false);
            return connection;
        }
        catch (Exception error) when (error is NatsException or TimeoutException or IOException or FormatException)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw new IOException($"{settings.Shown} cannot be used: {Reason(error)}", error);
        }
        catch (OperationCanceledException)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What an error of the server means where it is that it refuses the credentials; null where it is another one.</summary>
    /// <param name="error">As the server has it.</param>
    public static string? Refusal(string error) =>
        new NatsServerException(error) is { IsAuthError: true } refused ? Reason(refused) : null;

    /// <summary>In words, without a secret.</summary>
    public static string Reason(Exception error)
    {
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is NatsServerException server)
            {
                return server.IsAuthError
                    ? $"the server refuses the credentials ({server.Error}); put a key that it allows into the file, or have it "
                        + "allow this one: docs/fleet.md, \"Who may what\""
                    : $"the server says: {server.Error}";
            }
        }

        return error switch
        {
            TimeoutException => "it did not answer in time",
            // The library's own words have the address once more, and no reason.
            NatsException { InnerException: null } when error.Message.StartsWith("can not connect uris", StringComparison.Ordinal) =>
                "no server answers at that address",
            NatsException { InnerException: null } when error.Message.StartsWith("can not start to connect", StringComparison.Ordinal) =>
                "the connection cannot be begun: check the files of keys and certificates, and whether the server uses TLS",
            _ => error.GetBaseException().Message,
        };
    }

    /// <summary>A file is read for each connection, so that a key that was renewed in it is used.</summary>
    private static NatsAuthOpts Authorization(NatsSettings settings) => settings switch
    {
        { CredentialsFile: { } file } => new NatsAuthOpts
        {
            AuthCredCallback = (_, _) => ValueTask.FromResult(NatsAuthCred.FromCredsFile(file)),
        },
        { NkeyFile: { } file } => new NatsAuthOpts
        {
            AuthCredCallback = (_, _) => ValueTask.FromResult(NatsAuthCred.FromNkeyFile(file)),
        },
        _ => new NatsAuthOpts { Creds = settings.Credentials },
    };

    private static NatsOpts Options(NatsSettings settings, string name) => new()
    {
        Url = string.Join(',', settings.Servers),
        Name = name,
        InboxPrefix = settings.Inbox,
        AuthOpts = Authorization(settings),
        TlsOpts = new NatsTlsOpts
        {
            CaFile = settings.CaFile,
            CertFile = settings.CertificateFile,
            KeyFile = settings.CertificateKeyFile,
            Mode = settings.NeedsTls ? TlsMode.Require : TlsMode.Auto,
        },
        MaxReconnectRetry = -1,
        ReconnectWaitMin = TimeSpan.FromMilliseconds(250),
        ReconnectWaitMax = TimeSpan.FromSeconds(5),
        // A revoked credential may be renewed in its file while we run.
        IgnoreAuthErrorAbort = true,
        SubPendingChannelCapacity = MaxPending,
        SubPendingChannelFullMode = System.Threading.Channels.BoundedChannelFullMode.Wait,
        HeaderEncoding = System.Text.Encoding.UTF8,
    };
}
