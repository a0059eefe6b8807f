using OpsManager.Cli;

namespace OpsManager.Session;

/// <summary>Where recordings are kept in the state directory; null where the environment names no place.</summary>
internal static class RecordingFolder
{
    public static string? Recordings(VerbContext context) =>
        StateFolder.Find(context.Files, context.Environment) is { } state ? context.Files.Path.Combine(state, "recordings") : null;

    /// <summary>Where the last hours of repositories are kept.</summary>
    public static string? Kept(VerbContext context) =>
        StateFolder.Find(context.Files, context.Environment) is { } state ? context.Files.Path.Combine(state, "kept") : null;

    /// <summary>Where reports are written that the screen was asked for.</summary>
    public static string? Reports(VerbContext context) =>
        StateFolder.Find(context.Files, context.Environment) is { } state ? context.Files.Path.Combine(state, "reports") : null;
}
