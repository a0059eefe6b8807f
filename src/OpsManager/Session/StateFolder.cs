using System.IO.Abstractions;

namespace OpsManager.Session;

/// <summary>
/// Where this program keeps what is between two sessions: <c>$XDG_STATE_HOME/ops-manager</c>, else
/// <c>$HOME/.local/state/ops-manager</c>.
/// </summary>
internal static class StateFolder
{
    /// <summary>Null where the environment names no place. A relative path does not count (XDG Base Directory Specification).</summary>
    public static string? Find(IFileSystem files, Func<string, string?> environment)
    {
        if (environment("XDG_STATE_HOME") is { Length: > 0 } state && files.Path.IsPathRooted(state))
        {
            return files.Path.Combine(state, "ops-manager");
        }

        return environment("HOME") is { Length: > 0 } home && files.Path.IsPathRooted(home)
            ? files.Path.Combine(home, ".local", "state", "ops-manager")
            : null;
    }
}
