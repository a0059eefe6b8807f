using OpsManager.Cli;
using OpsManager.Contract;
using OpsManager.Sources;
using OpsManager.Sources.Check;
using OpsManager.Sources.Sprite;

namespace OpsManager.Session;

/// <summary>A service that what is folded of one repository is compared with (docs/rollout.md).</summary>
internal sealed class ComparedService : IDisposable
{
    /// <summary>Between two rounds: each request keeps a sprite awake.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly HttpClient http = SpriteHttp.NewClient();

    private ComparedService(VerbContext context, SpriteAddress address, string repo, string traceId) =>
        Check = new ServiceCheck(
            repo, new ServiceTransport(new SpriteHttp(http, address, traceId, SteadyTime.For(context.Time), SpriteOptions.Default)),
            context.Time, Every);

    public ServiceCheck Check { get; }

    /// <exception cref="ContractException">It is no address, or not one repository is watched.</exception>
    public static ComparedService Create(VerbContext context, string url, IReadOnlyList<string> repos, string traceId) =>
        repos is [var repo]
        ? new(context, ServiceOptions.Address(context, url), repo, traceId)
        : throw new ContractException("usage", "--service-base-url compares one repository: name it with --repo");

    public void Dispose() => http.Dispose();
}
