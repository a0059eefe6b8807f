namespace OpsManager.Tui.Watch;

/// <summary>
/// Compares paths of repositories. Those of many sprites differ only at their end: reading all of each would be most of what a large list
/// costs.
/// </summary>
internal sealed class PathComparer : IEqualityComparer<string>
{
    private const int End = 12;

    public static readonly PathComparer Instance = new();

    private PathComparer()
    {
    }

    public bool Equals(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

    public int GetHashCode(string path) => string.GetHashCode(path.AsSpan(Math.Max(0, path.Length - End)));
}
