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

    public FleetUsers() => Server = NatsServer.Start(Configuration([]));

    public NatsServer Server { get; }

    public PlainNatsClient Connect(string variable) => new(Server.Port, keys[variable]);

    /// <summary>How the program itself reaches the server as this user.</summary>
    public NatsSettings Settings(string variable)
    {
        var file = Path.Combine(Server.Folder, $"{variable}.nk");
        Write(file, keys[variable]);
        return new NatsSettings { Servers = [Server.Url], NkeyFile = file };
    }

    /// <summary>Takes the keys of these users out of the configuration and reloads the server; all others are in it.</summary>
    public void Revoke(params string[] variables) => Server.Reload(Configuration(variables));

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

    /// <param name="revoked">Users whose keys are others than they have.</param>
    private string Configuration(string[] revoked)
    {
        // A variable of the configuration has the same effect as one of the environment.
        var variables = keys.Select(key => revoked.Contains(key.Key)
            ? $"{key.Key}: \"{Stranger()}\"\n"
            : $"{key.Key}: \"{key.Value.GetPublicKey()}\"\n");
        return string.Concat(variables) + File.ReadAllText(RepoRoot.Combine("eng", "nats", "fleet.conf"));
    }

    private static string Stranger()
    {
        using var key = KeyPair.CreatePair(PrefixByte.User);
        return key.GetPublicKey();
    }
}
