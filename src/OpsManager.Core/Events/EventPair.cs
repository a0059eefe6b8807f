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

    /// <summary>Whether X is a gate. Delegation and recovery have pairs of their own that are none, and several at a time.</summary>
    public static bool IsGate(string stem) =>
        stem is not ("loop" or "iteration" or "role") && !stem.StartsWith("delegation_", StringComparison.Ordinal)
        && !stem.StartsWith("rlms_", StringComparison.Ordinal) && !stem.StartsWith("recovery_", StringComparison.Ordinal);
}
