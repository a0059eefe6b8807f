using System.Runtime.CompilerServices;
using OpsManager.Contract;
using OpsManager.Core.Model;
using OpsManager.Sources.Local;
using OpsManager.Tests.Service;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>The log of a run on a sprite, over its service.</summary>
public sealed class SpriteLogTests : IDisposable
{
    private readonly LiveRepo repo = new();

    private string LogPath => Path.Combine(repo.Root, ".superloop", "loops", LiveRepo.Loop, "logs", "iter-1", "planner.log");

    private static string Name => $"{ArtifactPaths.Loop(LiveRepo.Loop)}/logs/iter-1/planner.log";

    public void Dispose() => repo.Dispose();

    [Fact]
    public async Task A_log_over_there_is_listed_read_from_its_end_and_followed()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LogPath)!);
        await File.WriteAllTextAsync(
            LogPath,
            string.Concat(Enumerable.Range(0, 100_000).Select(static at => $"line {at}\n")),
            TestContext.Current.CancellationToken);
        await using var service = await RunningService.StartAsync(repo.Root);
        using var sprite = new WatchedSprite(service.Address);
        await sprite.UntilAsync(static seen => seen.Loops.ContainsKey(LiveRepo.Loop));
        var files = new LoopFiles([sprite.Source]);
        Assert.DoesNotContain(service.Log, static line => line.Contains("/ops/log", StringComparison.Ordinal));

        Became(() =>
            files.Logs(new LoopModel(sprite.Source.Repo, LiveRepo.Loop)).Files.Any(static file => file.Path == Name));
        using var log = files.Open(sprite.Source.Repo, Name);
        Became(() => log.Refresh() >= 0 && log.Fault is null && log.Backward(log.Size, 2) is [.., { Text: "line 99999" }]);
        Became(() => log.Refresh() >= 0 && log.Forward(0, 1) is [{ Text: "line 0" }]);

        await File.AppendAllTextAsync(LogPath, "the newest\n", TestContext.Current.CancellationToken);
        Became(() => log.Refresh() >= 0 && log.Backward(log.Size, 1) is [{ Text: "the newest" }]);
        await File.WriteAllTextAsync(LogPath, "anew\n", TestContext.Current.CancellationToken);
        Became(() => log.Refresh() >= 0 && log.Backward(log.Size, 9) is [{ Text: "anew" }]);
        File.Delete(LogPath);
        Became(() => log.Refresh() >= 0 && log.Fault?.Contains("does not exist", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_service_that_is_older_is_said_to_be()
    {
        await using var service = await RunningService.StartAsync(repo.Root);
        await using var plain = new RelayService(service)
        {
            Knows = static path => !path.Contains("/ops/log?", StringComparison.Ordinal),
        };
        using var sprite = new WatchedSprite(plain.Address);
        await sprite.UntilAsync(static seen => seen.Loops.ContainsKey(LiveRepo.Loop));
        var files = new LoopFiles([sprite.Source]);

        Became(() => files.Logs(new LoopModel(sprite.Source.Repo, LiveRepo.Loop)).Fault
            ?.Contains("update ops-manager on the sprite", StringComparison.Ordinal) == true);
    }

    private static void Became(Func<bool> isSo, [CallerArgumentExpression(nameof(isSo))] string what = "") =>
        Assert.True(Eventually.Is(isSo, WatchedSprite.Patience), what);
}
