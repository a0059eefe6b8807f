using NATS.NKeys;
using OpsManager.Sources.Nats;
using OpsManager.Testing.Nats;

namespace OpsManager.Tests.Sources.Nats;

/// <summary>A server with the users of eng/nats/fleet.conf, exactly as it is shipped, and their keys.</summary>
internal sealed class FleetUsers : IDisposable
{
    public static readonly IReadOnlyList<string> Variables =
        ["SPRITE_SHOP_NKEY", "SPRITE_BILLING_NKEY", "SCREEN_NKEY", "OPERATOR_NKEY", "ADMIN_NKEY"];

    private readonly Dictionary<string, KeyPair> keys =
        Variables.ToDictionary(static name => name, static _ => KeyPair.CreatePair(PrefixByte.User), StringComparer.Ordinal);

    public FleetUsers()
    {
        // A variable of the configuration has the same effect as one of the environment.
        var variables = keys.Select(static key => $"{key.Key}: \"{key.Value.GetPublicKey()}\"\n");
        Server = NatsServer.Start(string.Concat(variables) + File.ReadAllText(RepoRoot.Combine("eng", "nats", "fleet.conf")));
    }

    public NatsServer Server { get; }

    public PlainNatsClient Connect(string variable) => new(Server.Port, keys[variable]);

    /// <summary>How the program itself reaches the server as this user.</summary>
    public NatsSettings Settings(string variable)
    {
        var file = Path.Combine(Server.Folder, $"{variable}.nk");
        Write(file, keys[variable]);
        return new NatsSettings { Servers = [Server.Url], NkeyFile = file };
    }

    /// <summary>Puts the key of this user into a file, in the place of another one.</summary>
    public void Renew(string file, string variable) => Write(file, keys[variable]);

    /// <summary>As <c>nk -gen user -pubout</c> writes it.</summary>
    public static void Write(string file, KeyPair key) => File.WriteAllText(file, $"{key.GetSeed()}\n{key.GetPublicKey()}\n");

    public void Dispose()
    {
        Server.Dispose();
        foreach (var key in keys.Values)
        {
            key.Dispose();
        }
    }
}
