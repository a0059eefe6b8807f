using System.Globalization;
using System.IO.Abstractions;
using System.Text;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Sources.Follow;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// A copy of a sprite's repository on this host, kept as the files that it is on the sprite, so that the same eyes read both. What the
/// sprite says is only ever added, or set aside: a line that was read is not lost. Used by one thread at a time.
/// </summary>
internal sealed class Mirror(IFileSystem files, string root)
{
    /// <summary>In the place of a log, the copy that gets all of its lines.</summary>
    private const string WholeSuffix = ".whole";

    /// <summary>Characters of the identity of a log; a longer text is none.</summary>
    private const int MaxIdentity = 64;

    /// <summary>Copies of a log, or of a loop, that were set aside and are kept.</summary>
    private const int MaxAside = 3;

    private readonly Dictionary<string, MirrorLog> logs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> written = new(StringComparer.Ordinal);
    private string? origin;
    private DateTimeOffset readAt = DateTimeOffset.MinValue;

    /// <summary>How exactly the next session knows when it was read well.</summary>
    private static readonly TimeSpan ReadStep = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Where the repository is on the sprite, and when it was last read well, in this session or an earlier one; null where it
    /// never was.
    /// </summary>
    public (string RepoPath, DateTimeOffset At)? Origin => files.File.Exists(OriginFile)
        ? (files.File.ReadAllText(OriginFile), files.File.GetLastWriteTimeUtc(OriginFile))
        : null;

    /// <summary>
    /// It was read well. Kept beside the artifacts, for the next session: the path is the text, the time that of the file.
    /// </summary>
    public void ReadWell(string repoPath, DateTimeOffset at)
    {
        if (origin != repoPath)
        {
            files.File.WriteAllText(OriginFile, repoPath);
            origin = repoPath;
        }

        if ((at - readAt).Duration() >= ReadStep)
        {
            files.File.SetLastWriteTimeUtc(OriginFile, at.UtcDateTime);
            readAt = at;
        }
    }

    /// <summary>Loops that were copied.</summary>
    public IReadOnlyList<string> Loops => Directory(ArtifactPaths.Loops) is var all && files.Directory.Exists(all)
        ? [.. files.Directory.EnumerateDirectories(all)
            .Select(files.Path.GetFileName)
            .OfType<string>()
            .Where(ArtifactPaths.IsLoopId)
            .Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The copy of a loop's log.</summary>
    public MirrorLog Log(string loop) =>
        logs.TryGetValue(loop, out var known) ? known : logs[loop] = MirrorLog.Open(files, Directory(ArtifactPaths.Events(loop)));

    /// <summary>Which snapshots the copies are of, from one session to the next.</summary>
    public CopiedTags Tags { get; } = new(files, root);

    /// <summary>The logs that were filled in this session.</summary>
    public FilledLogs Filled { get; } = new();

    /// <summary>
    /// Whether lines of a log were left out that the sprite has. Where the note of that is lost, a log that begins with empty lines is
    /// one; it is filled once.
    /// </summary>
    public bool LeavesOut(string loop) =>
        Kept(LeftOutOf(loop)) is not null || (Log(loop).First is { Number: > 1 } && Filled.Times(loop) == 0);

    /// <summary>Whether an operator ever asked for anything here.</summary>
    public bool HasIntents(string loop) => files.File.Exists(Directory(ArtifactPaths.Intents(loop)));

    /// <summary>Leaves the next lines of a log out, up to one: they are empty in the copy until it is filled.</summary>
    public void LeaveOut(string loop, long to)
    {
        Put(LeftOutOf(loop), to.ToString(CultureInfo.InvariantCulture));
        Log(loop).Append([], to);
    }

    /// <summary>An empty copy of a log beside the one with lines left out.</summary>
    public MirrorLog BeginWhole(string loop)
    {
        DeleteWhole(loop);
        return MirrorLog.Open(files, WholeOf(loop));
    }

    /// <summary>Puts a copy that has all lines in the place of the one that has not.</summary>
    public void Fill(string loop, MirrorLog whole)
    {
        whole.MoveTo(Directory(ArtifactPaths.Events(loop)));
        logs[loop] = whole;
        Remove(LeftOutOf(loop));
        Filled.Add(loop);
    }

    /// <summary>Which log was copied, where the way to it told; null where that is not known.</summary>
    public string? LogIdentity(string loop) =>
        Kept(IdentityOf(loop)) is { Length: > 0 and <= MaxIdentity } known && known.All(static letter => letter is > ' ' and <= '~')
            ? known
            : null;

    private string? Kept(string path)
    {
        if (!written.TryGetValue(path, out var known))
        {
            known = written[path] = files.File.Exists(Directory(path)) ? files.File.ReadAllText(Directory(path)) : null;
        }

        return known;
    }

    public void KeepLogIdentity(string loop, string identity) => Put(IdentityOf(loop), identity);

    /// <summary>Keeps one small artifact as it came; null where it is absent on the sprite.</summary>
    public void Put(string path, JsonElement? value)
    {
        if (value is { ValueKind: not JsonValueKind.Null } present)
        {
            Put(path, present.GetRawText());
        }
        else
        {
            Remove(path);
        }
    }

    /// <summary>Keeps one small artifact.</summary>
    public void Put(string path, string text)
    {
        if (!written.TryGetValue(path, out var before) || before != text)
        {
            Put(path, Encoding.UTF8.GetBytes(text).AsMemory());
            written[path] = text;
        }
    }

    /// <summary>Keeps a file as it is on the sprite, byte for byte.</summary>
    public void Put(string path, ReadOnlyMemory<byte> bytes)
    {
        var full = Directory(path);
        files.Directory.CreateDirectory(files.Path.GetDirectoryName(full)!);
        // It is a copy: it need not outlast a failing disk, and is not flushed for each of a thousand loops.
        var temporary = $"{full}.{Environment.ProcessId}.tmp";
        files.File.WriteAllBytes(temporary, bytes.Span);
        files.File.Move(temporary, full, overwrite: true);
        written.Remove(path);
    }

    public void Remove(string path)
    {
        if (!written.TryGetValue(path, out var before) || before is not null)
        {
            // Where the loop has no directory yet, there is nothing to delete either.
            if (files.File.Exists(Directory(path)))
            {
                files.File.Delete(Directory(path));
            }

            written[path] = null;
        }
    }

    /// <summary>How much of a file that only grows was copied, in bytes.</summary>
    public long SizeOf(string path) => Directory(path) is var full && files.File.Exists(full) ? files.FileInfo.New(full).Length : 0;

    /// <summary>Adds what a file has more.</summary>
    public void Append(string path, ReadOnlyMemory<byte> more)
    {
        using var stream = files.FileStream.New(
            Directory(path), FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        stream.Write(more.Span);
    }

    /// <summary>Sets a log aside: the log on the sprite is another one.</summary>
    public void SetLogAside(string loop)
    {
        logs.Remove(loop);
        Remove(IdentityOf(loop));
        Remove(LeftOutOf(loop));
        DeleteWhole(loop);
        var path = Directory(ArtifactPaths.Events(loop));
        if (files.File.Exists(path))
        {
            files.File.Move(path, Aside(path + ".aside"));
        }
    }

    /// <summary>Sets a loop aside that is no longer there.</summary>
    public void SetLoopAside(string loop)
    {
        logs.Remove(loop);
        Remove(IdentityOf(loop));
        Remove(LeftOutOf(loop));
        foreach (var path in written.Keys
            .Where(path => path.StartsWith(ArtifactPaths.Loop(loop) + "/", StringComparison.Ordinal))
            .ToArray())
        {
            written.Remove(path);
        }

        if (files.Directory.Exists(Directory(ArtifactPaths.Loop(loop))))
        {
            var gone = Directory($"{ArtifactPaths.Root}/gone/{loop}");
            files.Directory.CreateDirectory(files.Path.GetDirectoryName(gone)!);
            files.Directory.Move(Directory(ArtifactPaths.Loop(loop)), Aside(gone));
        }
    }

    /// <summary>A name that is free; of too many copies the oldest goes.</summary>
    private string Aside(string path)
    {
        var oldest = $"{path}.{MaxAside}";
        if (files.Directory.Exists(oldest))
        {
            files.Directory.Delete(oldest, recursive: true);
        }

        files.File.Delete(oldest);
        for (var number = MaxAside - 1; number > 0; number--)
        {
            var (from, to) = ($"{path}.{number}", $"{path}.{number + 1}");
            if (files.File.Exists(from))
            {
                files.File.Move(from, to);
            }
            else if (files.Directory.Exists(from))
            {
                files.Directory.Move(from, to);
            }
        }

        return $"{path}.1";
    }

    private static string IdentityOf(string loop) => $"log-identities/{loop}";

    private string WholeOf(string loop) => Directory(ArtifactPaths.Events(loop)) + WholeSuffix;

    private void DeleteWhole(string loop)
    {
        if (files.Directory.Exists(WholeOf(loop)))
        {
            files.Directory.Delete(WholeOf(loop), recursive: true);
        }
        else if (files.File.Exists(WholeOf(loop)))
        {
            files.File.Delete(WholeOf(loop));
        }
    }

    private static string LeftOutOf(string loop) => $"left-out/{loop}";

    private string OriginFile => files.Path.Combine(root, "copied-from");

    private string Directory(string path) => files.Path.Combine(root, path);
}
