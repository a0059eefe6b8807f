using OpsManager.Core.Model;

namespace OpsManager.Tui.Watch;

/// <summary>A loop's identity: selection holds to this, never to a row number.</summary>
internal readonly record struct LoopKey(string Repo, string Loop)
{
    /// <summary>Paths of many repositories differ at their end; reading all of each would be most of what a large list costs.</summary>
    private const int PathEnd = 12;

    public static LoopKey From(LoopModel loop) => new(loop.Repo, loop.Id);

    public override int GetHashCode() =>
        HashCode.Combine(string.GetHashCode(Repo.AsSpan(Math.Max(0, Repo.Length - PathEnd))), string.GetHashCode(Loop.AsSpan()));
}
