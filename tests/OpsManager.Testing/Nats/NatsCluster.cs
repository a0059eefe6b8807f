using System.Globalization;

namespace OpsManager.Testing.Nats;

/// <summary>Three real servers on loopback that are one cluster. Each can be killed and started again.</summary>
public sealed class NatsCluster : IDisposable
{
    private const int Size = 3;

    private readonly Dictionary<string, NatsServer> servers = new(StringComparer.Ordinal);

    private NatsCluster(string more)
    {
        int[] ports = [.. Enumerable.Range(0, Size).Select(static _ => NatsServer.FreePort())];
        var routes = string.Join(
            ", ", ports.Select(static port => string.Create(CultureInfo.InvariantCulture, $"nats://127.0.0.1:{port}")));
        try
        {
            for (var one = 0; one < Size; one++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"node-{one}");
                servers[name] = NatsServer.Start(string.Create(CultureInfo.InvariantCulture, $$"""
                    server_name: {{name}}
                    cluster { name: fleet, listen: "127.0.0.1:{{ports[one]}}", routes: [{{routes}}] }
                    {{more}}
                    """));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where each of them is.</summary>
    public IReadOnlyList<string> Urls => [.. servers.Values.Select(static server => server.Url)];

    /// <param name="more">Further lines of the configuration of each.</param>
    public static NatsCluster Start(string more = "") => new(more);

    /// <summary>The server of a name, as the leader of a stream is told by.</summary>
    public NatsServer this[string name] => servers[name];

    public void Dispose()
    {
        foreach (var server in servers.Values)
        {
            server.Dispose();
        }
    }
}
