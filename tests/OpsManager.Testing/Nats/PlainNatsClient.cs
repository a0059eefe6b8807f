using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using NATS.NKeys;

namespace OpsManager.Testing.Nats;

/// <summary>
/// The protocol of NATS without a library: after every step the server is asked for a sign of life, and a refusal comes before it. So
/// nothing has to be waited for to know that something was allowed.
/// </summary>
public sealed class PlainNatsClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpClient client = new();
    private readonly NetworkStream stream;
    private int subscriptions;

    /// <param name="user">The key of the user.</param>
    public PlainNatsClient(int port, KeyPair user)
    {
        client.Connect("127.0.0.1", port);
        stream = client.GetStream();
        stream.ReadTimeout = (int)Patience.TotalMilliseconds;
        using var info = JsonDocument.Parse(Line()["INFO ".Length..]);
        var signature = new byte[64];
        user.Sign(Encoding.ASCII.GetBytes(info.RootElement.GetProperty("nonce").GetString()!), signature);
        var signed = Convert.ToBase64String(signature).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        if (!IsAllowed(
            $$"""CONNECT {"verbose":false,"pedantic":false,"nkey":"{{user.GetPublicKey()}}","sig":"{{signed}}","lang":"test"}"""))
        {
            throw new InvalidOperationException("the server refuses the user");
        }
    }

    /// <summary>Whether the server takes a message on a subject.</summary>
    public bool MayPublish(string subject) => IsAllowed($"PUB {subject} 0\r\n");

    /// <summary>Whether the server gives messages of a subject.</summary>
    public bool MaySubscribe(string subject) =>
        IsAllowed(string.Create(CultureInfo.InvariantCulture, $"SUB {subject} {++subscriptions}"));

    public void Dispose()
    {
        stream.Dispose();
        client.Dispose();
    }

    /// <summary>A command; the lines of the server up to its sign of life.</summary>
    private bool IsAllowed(string command)
    {
        stream.Write(Encoding.ASCII.GetBytes($"{command}\r\nPING\r\n"));
        var isAllowed = true;
        for (var line = Line(); line != "PONG"; line = Line())
        {
            isAllowed &= !line.StartsWith("-ERR", StringComparison.Ordinal);
        }

        return isAllowed;
    }

    private string Line()
    {
        var line = new StringBuilder();
        for (var next = stream.ReadByte(); next != '\n'; next = stream.ReadByte())
        {
            if (next < 0)
            {
                throw new IOException("the server has closed the connection");
            }

            line.Append((char)next);
        }

        return line.ToString().TrimEnd('\r');
    }
}
