using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using OpsManager.Contract.Service;
using OpsManager.Contract.Words;

namespace OpsManager.Service.Http;

/// <summary>Accepts callers that have the token. Without a token it accepts callers on this host, but no web page in a browser.</summary>
/// <param name="token">Null where none is wanted.</param>
internal sealed class TokenGate(string? token)
{
    private const string Bearer = "Bearer ";

    private readonly byte[]? wanted = token is null ? null : Hash(token);

    /// <summary>Why a request is not let in, with 401; null where it is.</summary>
    public Refusal? RefusalOf(IHeaderDictionary headers)
    {
        if (wanted is null)
        {
            if (headers.ContainsKey("Origin"))
            {
                return Unauthorized("a web page needs a token; start the service with one");
            }

            // A page whose name was made to point here sends no Origin where it only reads; but it names itself as the host.
            if (!IsThisHost(headers.Host.ToString()))
            {
                return Unauthorized(
                    "without a token only requests to localhost or to an address are answered, not to a name; start the service with one");
            }

            return null;
        }

        // The sprite's own address takes Authorization for itself: the header of our own decides where it is there.
        var given = headers.TryGetValue(HeaderNames.Token, out var own) ? own.ToString()
            : headers.Authorization.ToString() is var text
                && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? text[Bearer.Length..].Trim()
            : null;
        return given is null ? Unauthorized("a token is missing: send it in X-Ops-Token, or in Authorization as Bearer")
            : CryptographicOperations.FixedTimeEquals(Hash(given), wanted) ? null
            : Unauthorized("the token is not the one of this service");
    }

    private static bool IsThisHost(string host) =>
        new HostString(host).Host is var name
            && (name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(name.Trim('[', ']'), out _));

    private static Refusal Unauthorized(string message) => new(401, ServiceCodes.Unauthorized, message);

    // Of the same length whatever was sent, so that comparing takes the same time.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
