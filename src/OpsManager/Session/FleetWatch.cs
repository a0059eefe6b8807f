using System.Globalization;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using OpsManager.Configuration;
using OpsManager.Configuration.Files;
using OpsManager.Configuration.Sprites;
using OpsManager.Configuration.Yaml;
using OpsManager.Contract;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources;
using OpsManager.Sources.Files;

namespace OpsManager.Session;

/// <summary>
/// The sprites of config.yaml and their sources, and how both follow the file while the session runs. A sprite of which the file
/// says what it said keeps its source; a file that cannot be used leaves the sprites as they were (docs/fleet.md).
/// </summary>
internal sealed class FleetWatch : IDisposable
{
    /// <summary>Between two looks at the file.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Prefix of the name of a sprite without a source, in place of a path. No path begins like this.</summary>
    private const string Unopened = "sprite ";

    private const string ConfigFile = "config.yaml";
    private const string Stream = "the fleet's stream";

    private readonly UserFiles files;
    private readonly Func<SpriteConfig, bool> isWatched;
    private readonly Func<SpriteConfig, ISource> open;
    private readonly Func<PublishedSprites> published;
    private readonly SourceSet sources = new([]);
    private List<Member> members = [];
    private FleetConfig config;
    private PublishedSprites found;
    private FileProbe? read;
    private string? fault;

    /// <param name="settings">As they were read at the start.</param>
    /// <param name="isWatched">Which of the sprites this session wants.</param>
    /// <param name="open">Makes the source of a sprite.</param>
    /// <param name="published">The sprites that are in the fleet's stream by now; null where there is none.</param>
    public FleetWatch(
        UserSettings settings, Func<SpriteConfig, bool> isWatched, Func<SpriteConfig, ISource> open,
        Func<PublishedSprites>? published = null)
    {
        (files, this.isWatched, this.open, fault) = (settings.Files, isWatched, open, settings.ConfigFault);
        (this.published, config) = (published ?? (static () => PublishedSprites.None), settings.Config.Fleet);
        found = this.published();
        Faults = Take().Faults;
    }

    /// <summary>The sources of the sprites that can be watched.</summary>
    public SourceSet Sources => sources;

    /// <summary>All that are watched, in the order of the file.</summary>
    public IReadOnlyList<WatchedSprite> Sprites =>
        [.. members.Select(
            static member => new WatchedSprite(member.Source?.Repo ?? $"{Unopened}{member.Sprite.Name}", member.Sprite, member.Fault))];

    /// <summary>Why sprites could not be watched at the start, a sentence each.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>Polls the file, and reports changes of the sprites. One subscription at a time.</summary>
    public IObservable<FleetNews> Observe(IScheduler scheduler) => Observable.Create<FleetNews>(observer =>
    {
        var next = new SerialDisposable();
        void Step()
        {
            if (Look() is { } news)
            {
                observer.OnNext(news);
            }

            next.Disposable = scheduler.Schedule(Every, Step);
        }

        next.Disposable = scheduler.Schedule(Every, Step);
        return next;
    });

    public void Dispose() => sources.Dispose();

    private FleetNews? Look()
    {
        var probe = files.ProbeConfig();
        if (probe == read)
        {
            return Discovered();
        }

        read = probe;
        try
        {
            // Editors that write a file again leave a moment in which it is not there.
            var file = files.Config() ?? throw new SettingsException("config.yaml was removed");
            var now = UserConfig.Read(file.File, file.Text).Fleet;
            var isSame = now.Sprites.SequenceEqual(config.Sprites);
            (config, found) = (now, published());
            var change = Take();
            fault = null;
            return change.IsEmpty ? null : new FleetNews(change.From(isSame ? Stream : ConfigFile), change.Faults.Count > 0, Sprites);
        }
        catch (SettingsException error) when (error.Message == fault
            || (members.Count == 0 && probe.Condition == ArtifactCondition.Missing))
        {
            return null;
        }
        catch (SettingsException error)
        {
            fault = error.Message;
            return new FleetNews($"{fault}; the sprites stay as they were", IsFault: true, null);
        }
    }

    /// <summary>Sprites that have come into the stream.</summary>
    private FleetNews? Discovered()
    {
        var now = published();
        if (now.IsSame(found))
        {
            return null;
        }

        found = now;
        var change = Take();
        return change.IsEmpty ? null : new FleetNews(change.From(Stream), change.Faults.Count > 0, Sprites);
    }

    /// <summary>The sprites of the file, and behind them those of the stream that the file does not name.</summary>
    private IEnumerable<SpriteConfig> Wanted()
    {
        var named = config.Sprites.Select(static sprite => sprite.Name).ToHashSet(StringComparer.Ordinal);
        var others = found.Names.Where(name => !named.Contains(name));
        return config.Sprites.Concat(others.Select(static name => new SpriteConfig(name) { Nats = true }));
    }

    private FleetChange Take()
    {
        var before = members.ToDictionary(static member => member.Sprite.Name, StringComparer.Ordinal);
        var change = new FleetChange();
        var next = new List<Member>();
        var repos = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var sprite in Wanted().Where(isWatched))
        {
            before.Remove(sprite.Name, out var known);
            change.Added += known is null ? 1 : 0;
            change.Changed += known is not null && known.Sprite != sprite ? 1 : 0;
            var told = change.Faults.Count;
            var source = known is not null && (known.Sprite == sprite || (known.Source is not null && known.Sprite.IsReachedAs(sprite)))
                ? known.Source
                : Opened(sprite, change);
            if (source is not null && !repos.TryAdd(source.Repo, sprite.Name))
            {
                change.Faults.Add($"sprites {sprite.Name} and {repos[source.Repo]} are the same repository: it is watched once");
                source = null;
            }

            next.Add(
                new Member(sprite, source, source is not null ? null : change.Faults.Count > told ? change.Faults[^1] : known?.Fault));
        }

        // Which sprites a stream has is not known while it cannot be read: that has a row of its own.
        var wasUnread = found.Stream is { } name && before.Remove(name);
        change.HasStreamChanged = wasUnread != (found.Unread is not null);
        if (found is { Stream: { } stream, Unread: { } unread })
        {
            change.Faults.Add(unread);
            next.Add(new Member(new SpriteConfig(stream) { Nats = true }, null, unread));
        }

        change.Removed = before.Count;
        if (members.Count == 0 || !change.IsEmpty)
        {
            members = next;
            sources.Set(next.Select(static member => member.Source).OfType<ISource>());
        }

        return change;
    }

    private ISource? Opened(SpriteConfig sprite, FleetChange change)
    {
        try
        {
            return open(sprite);
        }
        catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
        {
            change.Faults.Add(error.Message);
            return null;
        }
    }

    /// <summary>A sprite that is watched; without a source, and with the reason, where that could not be made.</summary>
    private sealed record Member(SpriteConfig Sprite, ISource? Source, string? Fault);

    private sealed class FleetChange
    {
        public int Added { get; set; }

        public int Removed { get; set; }

        public int Changed { get; set; }

        public List<string> Faults { get; } = [];

        /// <summary>The fleet's stream can be read again, or no longer.</summary>
        public bool HasStreamChanged { get; set; }

        public bool IsEmpty => Added + Removed + Changed == 0 && !HasStreamChanged;

        /// <summary>"config.yaml: 2 sprites added, 1 removed, 1 changed", and what went wrong first.</summary>
        /// <param name="where">What has changed.</param>
        public string From(string where)
        {
            var parts = ((ReadOnlySpan<(int Count, string Word)>)[(Added, "added"), (Removed, "removed"), (Changed, "changed")])
                .ToArray()
                .Where(static part => part.Count > 0)
                .ToArray();
            var counts = parts.Select((part, index) =>
                $"{(index == 0 ? Sprites(part.Count) : part.Count.ToString(CultureInfo.InvariantCulture))} {part.Word}");
            var more = Faults.Count > 1 ? $", and {Faults.Count - 1} more" : "";
            static string Sprites(int count) =>
                count == 1 ? "1 sprite" : $"{count.ToString("N0", CultureInfo.InvariantCulture)} sprites";
            string[] said = parts.Length > 0 ? [string.Join(", ", counts)] : [];
            said = Faults is [var first, ..] ? [.. said, $"{first}{more}"] : said;
            return $"{where}: {(said.Length > 0 ? string.Join("; ", said) : "it can be read again")}";
        }
    }
}
