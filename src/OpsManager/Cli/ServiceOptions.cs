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

    public static HttpClient NewHttp() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout };

    /// <summary>Compares the one repository that is watched with the service at <paramref name="url"/>.</summary>
    /// <exception cref="ContractException">It is no address, or not one repository is watched.</exception>
    public static ServiceCheck Check(VerbContext context, HttpClient http, string url, IReadOnlyList<string> repos)
    {
        var address = Uri.TryCreate(url.EndsWith('/') ? url : url + "/", UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"
            ? parsed!
            : throw new ContractException("usage", $"--service-base-url must be an address such as http://127.0.0.1:8787, found \"{url}\"");
        return repos is [var repo]
            ? new ServiceCheck(repo, new SnapshotClient(http, address, context.Environment("OPS_MANAGER_SERVICE_TOKEN") is { Length: > 0 } token ? token : null), context.Time, Every)
            : throw new ContractException("usage", "--service-base-url compares one repository: name it with --repo");
    }
}
