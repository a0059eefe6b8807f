using System.Collections.Immutable;
using System.Globalization;
using OpsManager.Configuration.Keymaps;
using OpsManager.Configuration.Themes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Watch;

namespace OpsManager.Tests.Tui.Shell;

/// <summary>
/// Sprites with five loops each, of which nothing is known but that they are there. Their paths are in another order than their
/// names.
/// </summary>
internal static class MadeFleet
{
    public const int Loops = 5;

    public static AppModel Of(int sprites)
    {
        var reducer = new Reducer(FoldOptions.Default);
        var fleet = FleetModel.Empty;
        var looks = ImmutableDictionary.CreateBuilder<string, SpriteStyle>(StringComparer.Ordinal);
        for (var i = 0; i < sprites; i++)
        {
            var path = $"/srv/{(sprites - i).ToString("0000", CultureInfo.InvariantCulture)}";
            fleet = reducer.Reduce(fleet, [
                new RepoOpened(WatchedRepo.Start, path),
                .. Enumerable.Range(0, Loops).Select(loop => new LoopAppeared(WatchedRepo.Start, path, $"loop-{loop}"))
            ]);
            looks.Add(path, new SpriteStyle(
                $"app-{i.ToString("0000", CultureInfo.InvariantCulture)}", new([i % 2 == 0 ? "prod" : "dev"]), null, false));
        }

        return new AppModel
        {
            Keymap = KeymapCatalog.Shipped("default"),
            Theme = ThemeCatalog.Shipped("mono"),
            Clock = WatchedRepo.Start,
            Fleet = fleet,
            Sprites = looks.ToImmutable(),
            IsFleet = true
        };
    }

    /// <summary>Two repositories of one loop each, of which nothing is known but that they are there.</summary>
    public static AppModel Named(string first, string second, string repo = "r")
    {
        var reducer = new Reducer(FoldOptions.Default);
        var fleet = FleetModel.Empty;
        foreach (var (path, loop) in new[] { ($"/srv/{repo}", first), ("/srv/q", second) })
        {
            fleet = reducer.Reduce(fleet, [
                new RepoOpened(WatchedRepo.Start, path),
                new StateSeen(WatchedRepo.Start, path, ArtifactReading<OpsManager.Contract.Artifacts.RuntimeState>.Missing),
                new LoopAppeared(WatchedRepo.Start, path, loop)
            ]);
        }

        return new AppModel
        {
            Keymap = KeymapCatalog.Shipped("default"),
            Theme = ThemeCatalog.Shipped("mono"),
            Clock = WatchedRepo.Start,
            Fleet = fleet,
        };
    }
}
