using OpsManager.Core.Model;

namespace OpsManager.Tui.Watch;

/// <summary>A loop's identity: selection holds to this, never to a row number.</summary>
internal readonly record struct LoopKey(string Repo, string Loop)
{
    public static LoopKey From(LoopModel loop) => new(loop.Repo, loop.Id);

    public override int GetHashCode() =>
        HashCode.Combine(PathComparer.Instance.GetHashCode(Repo), string.GetHashCode(Loop.AsSpan()));
}
