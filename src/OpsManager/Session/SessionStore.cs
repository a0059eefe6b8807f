using System.IO.Abstractions;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsManager.Sources.Files;
using OpsManager.Tui.Session;
using OpsManager.Tui.Shell;

namespace OpsManager.Session;

/// <summary>
/// One file for each set of repositories that is watched together. It is a convenience: where it cannot be read or written, the
/// screen works without.
/// </summary>
internal sealed class SessionStore(IFileSystem files, string folder, IReadOnlyList<string> repos) : ISessionStore
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>The session's file.</summary>
    public string Path { get; } = files.Path.Combine(
        folder, "sessions", Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', repos.Order(StringComparer.Ordinal)))))[..16] + ".json");

    public SessionState? Load()
    {
        try
        {
            return files.FileInfo.New(Path) is { Exists: true, Length: <= MaxBytes }
                ? JsonSerializer.Deserialize(files.File.ReadAllBytes(Path), SessionJson.Default.SessionState)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            // A session that cannot be read is no session: it is written again at the end.
            return null;
        }
    }

    public void Save(SessionState state)
    {
        try
        {
            files.Directory.CreateDirectory(folder);
            var path = files.Path.GetRelativePath(folder, Path);
            GuardedFiles.Open(files, folder).Replace(path, JsonSerializer.Serialize(state, SessionJson.Default.SessionState));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A read-only home is no reason to end with an error: the next session starts afresh.
        }
    }
}
