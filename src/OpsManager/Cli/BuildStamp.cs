using System.Reflection;

namespace OpsManager.Cli;

/// <summary>Which build this executable is. The build wrote it into the assembly; nothing is asked for it when it is read.</summary>
/// <param name="Version">As in a release: <c>1.2.3</c>.</param>
/// <param name="Commit">The commit of the source; null where the build did not know it, as outside a repository.</param>
internal sealed record BuildStamp(string Version, string? Commit)
{
    public static BuildStamp Current { get; } = Parse(
        typeof(BuildStamp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "");

    /// <param name="text"><c>VERSION</c> or <c>VERSION+COMMIT</c>, as <c>--version</c> prints it.</param>
    public static BuildStamp Parse(string text)
    {
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? new BuildStamp(text, null) : new BuildStamp(text[..plus], plus == text.Length - 1 ? null : text[(plus + 1)..]);
    }
}
