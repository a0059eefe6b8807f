namespace OpsManager.Core.Events;

/// <summary>Names that come in pairs: X_start and X_end.</summary>
internal static class EventPair
{
    private const string StartSuffix = "_start";
    private const string EndSuffix = "_end";

    /// <summary>X, and whether the name is its start; null where it is neither.</summary>
    public static (string Stem, bool Starts)? For(string name) =>
        name.Length > StartSuffix.Length && name.EndsWith(StartSuffix, StringComparison.Ordinal) ? (name[..^StartSuffix.Length], true)
        : name.Length > EndSuffix.Length && name.EndsWith(EndSuffix, StringComparison.Ordinal) ? (name[..^EndSuffix.Length], false)
        : null;
}
