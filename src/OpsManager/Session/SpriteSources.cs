using OpsManager.Cli;
using OpsManager.Configuration.Nats;
using OpsManager.Configuration.Sprites;
using OpsManager.Contract;
using OpsManager.Sources;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Nats;
using OpsManager.Sources.Sprite;

namespace OpsManager.Session;

/// <summary>
/// Makes the source of a sprite, by how it is reached. What is read from elsewhere is copied into the state folder
/// (docs/fleet.md).
/// </summary>
/// <param name="asked">How sprites are asked; null for the default.</param>
/// <param name="nats">The server that has a fleet in a stream; null where config.yaml names none.</param>
/// <param name="follow">How the files of one that is only a path are followed; null for the default.</param>
internal sealed class SpriteSources(
    VerbContext context, string traceId, NatsConfig? nats, SpriteOptions? asked = null, FollowOptions? follow = null) : IDisposable
{
    /// <summary>A command may have to log in, and to wake a sprite.</summary>
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(30);

    private readonly Lazy<HttpClient> http = new(SpriteHttp.NewClient);
    private readonly SpriteCopies copies = new(context);
    private readonly List<SpriteSource> opened = [];

    /// <summary>The fleet in a stream; null where config.yaml names none.</summary>
    public NatsFleet? Fleet { get; } = nats?.Settings(context.Environment) is not { } settings ? null
        : NatsFleet.Start(
            settings, context.Time, asked ?? SpriteOptions.Default, new CopiedStream(context, settings.Stream).Load());

    /// <summary>What is in the stream by now; empty where there is none.</summary>
    public PublishedSprites Published() => Fleet is { } fleet
        ? new($"stream {fleet.Settings.Stream}", fleet.Names, fleet.Fault)
        : PublishedSprites.None;

    /// <summary>Waits until what is in the stream is known, or it is certain that it cannot be read, and no longer than given.</summary>
    public async Task OpenedAsync(TimeSpan patience, CancellationToken cancel)
    {
        if (Fleet is not null)
        {
            await Fleet.SettledAsync(cancel).WaitAsync(patience, context.Time, cancel)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <exception cref="ContractException">It cannot be watched; the message says why.</exception>
    /// <exception cref="IOException">The copy cannot be kept.</exception>
    public ISource Open(SpriteConfig sprite)
    {
        if (sprite is { Path: { } path, Url: null, Pull.Count: 0, Nats: false })
        {
            return LocalSource.Open(context.Files, path, follow ?? FollowOptions.Default);
        }

        var options = (asked ?? SpriteOptions.Default) with { Objective = (double)sprite.Objective / 100 };
        var source = new SpriteSource(context.Files, context.Time, copies.For(sprite.Name), new SpriteSettings
        {
            Name = sprite.Name,
            First = sprite.Nats ? Fleet!.Sprite(sprite.Name) : null,
            Service = sprite.Url is null ? null : ServiceOf(sprite, options),
            Pull = PullOf(sprite),
            Platform = sprite.Platform is { } platform
                ? new SpritePlatform(
                    http.Value, Slashed(platform.Api), platform.Name, Token(platform.Token), context.Time, options.Timeout)
                : null,
            Loops = [.. sprite.Loops],
            MayWake = sprite.Wake,
            Options = options,
        });
        opened.Add(source);
        return source;
    }

    public void Dispose()
    {
        // The copies are still ours.
        var known = Fleet?.Known;
        foreach (var source in opened)
        {
            source.End();
        }

        if (known is not null)
        {
            new CopiedStream(context, Fleet!.Settings.Stream).Save(known);
        }

        Fleet?.Dispose();
        if (http.IsValueCreated)
        {
            http.Value.Dispose();
        }

        copies.Dispose();
    }

    private SpriteHttp ServiceOf(SpriteConfig sprite, SpriteOptions options) =>
        new(
            http.Value,
            new SpriteAddress(SpriteAddress.Parse(sprite.Url!.OriginalString)!, Token(sprite.SpriteToken), Token(sprite.ServiceToken)),
            traceId, context.Time, options);

    private ILoopTransport? PullOf(SpriteConfig sprite)
    {
        if (sprite.Path is { } path)
        {
            return new PathTransport(context.Files, context.Time, path, traceId);
        }

        if (sprite.Pull.Count == 0)
        {
            return null;
        }

        return context.Children.Find(sprite.Pull[0]) is { Fault: { } fault }
            ? throw new ContractException(
                "sprite_unavailable", $"sprite {sprite.Name}: {sprite.Pull[0]} (first word of \"pull\") {fault}")
            : new CommandTransport(context.Children, [.. sprite.Pull], sprite.Repo, traceId, context.Time, CommandTimeout);
    }

    private static Uri Slashed(Uri url) => url.AbsolutePath.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");

    /// <summary>Read for each request, so that a changed token is used at once.</summary>
    private Func<string?> Token(TokenPlace? place) => place switch
    {
        { Variable: { } name } => () => Checked(context.Environment(name)),
        { File: { } file } => () => Checked(FirstLine(file)),
        _ => static () => null,
    };

    private string? FirstLine(string path)
    {
        try
        {
            return context.Files.File.ReadLines(path).FirstOrDefault();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ContractException(FailureCodes.ServiceRequestFailed, $"the token cannot be read: {error.Message}", error);
        }
    }

    /// <summary>A text that a header cannot hold is no token; no message quotes it.</summary>
    private static string? Checked(string? token) => token?.Trim() switch
    {
        null or "" => null,
        var found when found.Any(static letter => letter is < '!' or > '~') => throw new ContractException(
            FailureCodes.ServiceRequestFailed, "the token has a space or another character that no token has"),
        var found => found,
    };
}
