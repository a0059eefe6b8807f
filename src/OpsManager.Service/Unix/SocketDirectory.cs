using System.Globalization;

namespace OpsManager.Service.Unix;

/// <summary>
/// Whether no other user can replace the socket: they would get what callers send, the token too, and answer
/// in our name. Whoever may rename in a directory on the way to the socket can do so, not only in the last one.
/// </summary>
internal static class SocketDirectory
{
    /// <summary>Links that are followed on the way, as many as the kernel follows.</summary>
    private const int MaxLinks = 40;

    private const uint Root = 0;

    /// <param name="directory">Absolute.</param>
    /// <param name="user">Who may replace the socket, beside root.</param>
    /// <param name="targetOf">What a link says; null where it is none.</param>
    /// <exception cref="IOException">Others may too, or there is no such directory.</exception>
    public static void Check(string directory, uint user, Func<string, string?> targetOf)
    {
        var left = new Stack<string>();
        Add(directory);
        var (at, links) = ("/", 0);
        CheckEntry(at, Find(at), user);
        while (left.TryPop(out var name))
        {
            if (name == "..")
            {
                at = Path.GetDirectoryName(at) ?? "/";
                continue;
            }

            var next = Path.Combine(at, name);
            var entry = Find(next);
            if (entry.IsLink)
            {
                CheckEntry(next, entry, user);
                if (++links > MaxLinks || targetOf(next) is not { } target)
                {
                    throw new IOException($"{next} is a link that cannot be followed. Name a socket in a directory of your own.");
                }

                at = target.StartsWith('/') ? "/" : at;
                Add(target);
                continue;
            }

            at = next;
            CheckEntry(at, entry.IsDirectory ? entry : throw Missing(at), user);
        }

        void Add(string path)
        {
            foreach (var name in path.Split('/').Reverse().Where(static name => name is not ("" or ".")))
            {
                left.Push(name);
            }
        }
    }

    /// <summary>What is wrong with one directory or link on the way; null where nothing is.</summary>
    /// <param name="user">See <see cref="Check"/>.</param>
    internal static string? FaultOf(string path, FileEntry entry, uint user)
    {
        if (entry.Owner != Root && entry.Owner != user)
        {
            return $"{path} belongs to another user, who may replace the socket. Name a socket in a directory of your own.";
        }

        // In a sticky directory only the owner of an entry may replace it, and all entries on the way are root's or the user's.
        // Links have no mode.
        if (entry.IsLink || (entry.Mode & FileEntry.Sticky) != 0)
        {
            return null;
        }

        // A group that is the user's alone has by custom the user's number; what it may write, the user may.
        var who = (entry.Mode & FileEntry.OthersMayWrite) != 0 ? "Everybody"
            : (entry.Mode & FileEntry.GroupMayWrite) != 0 && entry.Group != Root && entry.Group != user
                ? string.Create(CultureInfo.InvariantCulture, $"Group {entry.Group}")
                : null;
        return who is null
            ? null
            : $"{who} may replace files in {path}, and so the socket. Run \"chmod go-w {path}\", or name a socket in a directory of "
                + $"your own.";
    }

    private static void CheckEntry(string path, FileEntry entry, uint user)
    {
        if (FaultOf(path, entry, user) is { } fault)
        {
            throw new IOException(fault);
        }
    }

    private static FileEntry Find(string path) => FileEntry.Find(path) ?? throw Missing(path);

    private static IOException Missing(string path) => new($"{path} is not a directory: make it first, with mode 0700.");
}
