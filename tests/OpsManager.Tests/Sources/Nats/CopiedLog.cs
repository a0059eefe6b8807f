using System.Text.Json.Nodes;
using OpsManager.Contract;
using OpsManager.Tests.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Sources.Nats;

/// <summary>The copy of a log beside the log itself.</summary>
internal static class CopiedLog
{
    public static string Of(WatchedSprite sprite) => Path.Combine(sprite.Source.Repo, ArtifactPaths.Events(LiveRepo.Loop));

    /// <summary>Each line of the log is in the copy, once and in order, and nothing else.</summary>
    public static void AssertIs(LiveRepo repo, WatchedSprite sprite) => Assert.Equal(Values(repo.Log), Values(Of(sprite)));

    private static string[] Values(string file) =>
        [.. File.ReadLines(file).Select(static line => line.Length == 0 ? "" : JsonNode.Parse(line)!.ToJsonString())];
}
