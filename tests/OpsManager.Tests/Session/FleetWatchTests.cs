using System.Collections.Immutable;
using System.IO.Abstractions;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using OpsManager.Configuration;
using OpsManager.Configuration.Files;
using OpsManager.Configuration.Sprites;
using OpsManager.Contract;
using OpsManager.Session;
using OpsManager.Tests.Sources;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Watch;
using Xunit;

namespace OpsManager.Tests.Session;

/// <summary>On real files, by a clock that only the test moves.</summary>
public sealed class FleetWatchTests : IDisposable
{
    private readonly HistoricalScheduler scheduler = new(WatchedRepo.Start);
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("ops-manager-fleet-");
    private readonly List<string> opened = [];
    private readonly List<Message> told = [];
    private FleetWatch? watch;
    private IDisposable? listening;

    public void Dispose()
    {
        listening?.Dispose();
        watch?.Dispose();
        home.Delete(recursive: true);
    }

    [Fact]
    public void The_sprites_of_the_file_are_watched_in_its_order()
    {
        Begin("b: { path: /srv/b, labels: [eu], color: red, stage: passive }", "a: { path: /srv/a }");

        Assert.Equal(["/srv/b", "/srv/a"], Repos);
        Assert.Equal(new SpriteStyle("b", new(["eu"]), "red", true), Looks["/srv/b"]);
        Assert.Empty(watch!.Faults);
        Pass();
        Assert.Empty(told);
        Assert.Equal(["b", "a"], opened);
    }

    [Fact]
    public void What_is_added_removed_and_changed_is_told_and_the_others_keep_their_source()
    {
        Begin("a: { path: /srv/a }", "b: { path: /srv/b }", "c: { path: /srv/c }");
        var kept = watch!.Sources[0];

        Write("a: { path: /srv/a }", "c: { path: /srv/cc }", "d: { path: /srv/d }", "e: { path: /srv/e }");
        Pass();

        Assert.Equal(["/srv/a", "/srv/cc", "/srv/d", "/srv/e"], Repos);
        Assert.Same(kept, watch.Sources[0]);
        Assert.Equal(["a", "b", "c", "c", "d", "e"], opened);
        Assert.Equal(new ToastRequested("config.yaml: 2 sprites added, 1 removed, 1 changed"), told[^1]);
        Assert.Equal(Looks, Assert.IsType<SpritesChanged>(told[0]).Sprites);
        Assert.Equal(2, told.Count);
    }

    [Fact]
    public void Another_look_or_stage_is_a_change_that_disturbs_no_source()
    {
        Begin("a: { path: /srv/a }");
        var kept = watch!.Sources[0];

        Write("a: { path: /srv/a, labels: [prod], color: blue, stage: passive }");
        Pass();

        Assert.Same(kept, watch.Sources[0]);
        Assert.Equal(new SpriteStyle("a", new(["prod"]), "blue", true), Looks["/srv/a"]);
        Assert.Equal(new ToastRequested("config.yaml: 1 sprite changed"), told[^1]);
    }

    [Fact]
    public void A_file_that_is_broken_or_gone_leaves_the_sprites_as_they_were_and_is_told_once()
    {
        Begin("a: { path: /srv/a }");

        Write("a: { path: srv }");
        Pass(5);
        var fault = Assert.IsType<ToastRequested>(Assert.Single(told));
        Assert.True(fault.IsFault);
        Assert.Contains("line 2: \"path\" must be an absolute path", fault.Text, StringComparison.Ordinal);
        Assert.EndsWith("the sprites stay as they were", fault.Text, StringComparison.Ordinal);
        Assert.Equal(["/srv/a"], Repos);

        File.Delete(Config);
        Pass(5);
        Assert.Contains("config.yaml was removed", Assert.IsType<ToastRequested>(told[^1]).Text, StringComparison.Ordinal);
        Assert.Equal((2, 1), (told.Count, watch!.Sources.Count));

        Write("a: { path: /srv/a }", "b: { path: /srv/b }");
        Pass();
        Assert.Equal(new ToastRequested("config.yaml: 1 sprite added"), told[^1]);
        Assert.Equal(["a", "b"], opened);
    }

    [Fact]
    public void A_file_that_did_not_change_is_not_read_again()
    {
        Begin("a: { path: /srv/a }");
        Pass();
        Assert.Empty(told);
        var stamp = File.GetLastWriteTimeUtc(Config);

        // The same length and time, and another content: only who reads it would see that.
        using (var file = File.OpenWrite(Config))
        {
            file.Write("#"u8);
        }

        File.SetLastWriteTimeUtc(Config, stamp);
        Pass(10);

        Assert.Empty(told);
    }

    [Fact]
    public void A_sprite_that_cannot_be_watched_is_told_and_the_others_are_watched()
    {
        Begin("far: { url: https://far.example.org }", "a: { path: /srv/a }");
        Assert.Equal(["/srv/a"], Repos);
        Assert.Equal("sprite far: not available in this version", Assert.Single(watch!.Faults));

        Write("far: { url: https://far.example.org }", "a: { path: /srv/a }", "farther: { url: https://farther.example.org }");
        Pass();

        Assert.Equal(
            new ToastRequested("config.yaml: 1 sprite added; sprite farther: not available in this version", IsFault: true), told[^1]);
        Assert.Equal(["/srv/a"], Repos);
    }

    [Fact]
    public void Only_what_was_asked_for_is_watched_and_told()
    {
        Begin(WatchChoice.Only(["a"]), "a: { path: /srv/a }", "b: { path: /srv/b }");
        Assert.Equal(["/srv/a"], Repos);

        Write("a: { path: /srv/a }", "c: { path: /srv/c }");
        Pass();
        Assert.Empty(told);

        Write("c: { path: /srv/c }");
        Pass();
        Assert.Equal(new ToastRequested("config.yaml: 1 sprite removed"), told[^1]);
        Assert.Empty(Repos);
    }

    private IEnumerable<string> Repos => watch!.Sources.Select(static source => source.Repo);

    private ImmutableDictionary<string, SpriteStyle> Looks => FleetMessages.Styles(watch!.Sprites);

    private string Config => Path.Combine(home.FullName, "config.yaml");

    [Fact]
    public void A_stream_that_cannot_be_read_has_a_row_with_the_reason_until_its_sprites_are_known()
    {
        var published = new PublishedSprites("stream SUPERLOOP", [], null);
        File.WriteAllText(Config, "nats:\n  servers: [nats://127.0.0.1:1]\n");
        watch = new FleetWatch(
            new UserSettings(new UserFiles(new FileSystem(), home.FullName)), WatchChoice.All.Holds,
            static sprite => new MadeSource(sprite.Name), () => published);
        listening = watch.Observe(scheduler).SelectMany(FleetMessages.From).Subscribe(told.Add);
        Pass();
        Assert.Empty(told);

        published = published with { Fault = "no server answers at that address" };
        Pass();

        Assert.Equal(new ToastRequested("the fleet's stream: no server answers at that address", IsFault: true), told[^1]);
        Assert.Equal("stream SUPERLOOP", Assert.Single(Looks).Value.Name);
        Assert.Equal("no server answers at that address", Assert.Single(watch.Sprites).Fault);

        published = published with { Names = ["shop"], Fault = null };
        Pass();

        Assert.Equal(new ToastRequested("the fleet's stream: 1 sprite added"), told[^1]);
        Assert.Equal("shop", Assert.Single(watch.Sprites).Sprite.Name);
    }

    private void Begin(params string[] sprites) => Begin(WatchChoice.All, sprites);

    private void Begin(WatchChoice choice, params string[] sprites)
    {
        Write(sprites);
        watch = new FleetWatch(new UserSettings(new UserFiles(new FileSystem(), home.FullName)), choice.Holds, Open);
        listening = watch.Observe(scheduler).SelectMany(FleetMessages.From).Subscribe(told.Add);
    }

    private MadeSource Open(SpriteConfig sprite)
    {
        opened.Add(sprite.Name);
        return sprite.Path is { } path
            ? new MadeSource(path)
            : throw new ContractException("sprite_unavailable", $"sprite {sprite.Name}: not available in this version");
    }

    private void Write(params string[] sprites) =>
        File.WriteAllText(Config, $"sprites:\n{string.Concat(sprites.Select(static sprite => $"  {sprite}\n"))}");

    private void Pass(double seconds = 1) => scheduler.AdvanceBy(TimeSpan.FromSeconds(seconds));
}
