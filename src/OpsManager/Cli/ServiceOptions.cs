using OpsManager.Contract;
using OpsManager.Sources.Check;
using OpsManager.Sources.Service;

namespace OpsManager.Cli;

/// <summary>How a sprite's service is reached.</summary>
public static class ServiceOptions
{
    /// <summary>Allows for a service that has to wake first.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    public static HttpClient NewHttp() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>Compares the one repository that is watched with the service at <paramref name="url"/>.</summary>
    /// <exception cref="ContractException">It is no address, or not one repository is watched.</exception>
    public static ServiceCheck Check(VerbContext context, HttpClient http, string url, IReadOnlyList<string> repos)
    {
        var address = Uri.TryCreate(url.EndsWith('/') ? url : url + "/", UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"
            ? parsed!
            : throw new ContractException("usage", $"--service-base-url must be an address such as http://127.0.0.1:8787, found \"{url}\"");
        return repos is [var repo]
            ? new ServiceCheck(repo, new SnapshotClient(http, address, Token(context), Timeout), context.Time, Every)
            : throw new ContractException("usage", "--service-base-url compares one repository: name it with --repo");
    }

    private static string? Token(VerbContext context) => context.Environment("OPS_MANAGER_SERVICE_TOKEN") switch
    {
        null or "" => null,
        var token when token.Any(static letter => letter is < '!' or > '~') => throw new ContractException("usage", "OPS_MANAGER_SERVICE_TOKEN holds a space, a line end or another character that no token has"),
        var token => token,
    };
}
