using OpsManager.Contract.Text;

namespace OpsManager.Sources.Nats;

/// <summary>Which words can be a server's address, a stream or a prefix of subjects; the faults are sentences for the user.</summary>
public static class NatsNames
{
    /// <summary>Longest of each, in characters.</summary>
    private const int MaxChars = 256;

    private static readonly string[] Schemes = ["nats", "tls"];

    /// <summary>Why <paramref name="text"/> is no address of a server; null where it is one.</summary>
    public static string? ServerFault(string text)
    {
        if (text.Length > MaxChars || text.Any(static one => char.IsControl(one) || one is ' ' or ',')
            || !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || !Schemes.Contains(address.Scheme, StringComparer.Ordinal)
            || address.Host.Length == 0)
        {
            // What was typed may have a secret in it, so it is not repeated.
            return "must be an address such as nats://HOST:4222 or tls://HOST:4222";
        }

        return address.UserInfo.Length > 0 ? "must have no user, password or token in it: give a credentials file"
            : address.AbsolutePath is not ("" or "/") || address.Query.Length > 0 || address.Fragment.Length > 0
                ? "must end with the host or the port"
                : null;
    }

    /// <summary>Why <paramref name="text"/> is no name of a stream; null where it is one.</summary>
    public static string? StreamFault(string text) => text.Length is > 0 and <= MaxChars && text.All(IsWord)
        ? null
        : $"must be a name of letters, digits, - and _, found \"{SafeText.Clean(text)}\"";

    /// <summary>Why <paramref name="text"/> is no beginning of subjects; null where it is one.</summary>
    public static string? PrefixFault(string text) =>
        text.Length <= MaxChars && text.Split('.').All(static token => token.Length > 0 && token.All(IsWord))
            ? null
            : $"must be words of letters, digits, - and _ with dots between, found \"{SafeText.Clean(text)}\"";

    private static bool IsWord(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_';
}
