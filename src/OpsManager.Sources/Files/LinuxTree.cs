using System.Runtime.InteropServices;

namespace OpsManager.Sources.Files;

/// <summary>
/// The tree of a repository on a Linux disk: each path is opened below the repository's own directory, by the kernel in one call or step
/// by step, and no link is followed on the way.
/// </summary>
/// <param name="root">The repository.</param>
/// <param name="followed">The path, relative to the repository, that may be a link; null where none may.</param>
/// <param name="stepwise">Without openat2(2), which old kernels and some containers lack.</param>
internal sealed class LinuxTree(string root, string? followed, bool stepwise)
{
    private const int IsADirectory = 21;
    private const int NoDevice = 6;
    private const int NoSuchDevice = 19;

    /// <summary>The path with the repository's before it, for messages and for looks that open nothing.</summary>
    public string Full(string path) => $"{root}/{path}";

    /// <summary>Opens what is there.</summary>
    /// <returns>The descriptor, or the negative error number.</returns>
    public int Open(string path, int flags)
    {
        var (start, rest) = Start(path);
        var directory = OpenStart(start);
        if (directory < 0)
        {
            return directory;
        }

        if (!stepwise || rest.Length == 0)
        {
            var opened = rest.Length == 0 ? LinuxFiles.OpenIn(directory, ".", flags) : LinuxFiles.OpenBeneath(directory, rest, flags, 0);
            LinuxFiles.CloseNow(directory);
            return opened;
        }

        var (above, name) = RepoPath.Cut(rest);
        var parent = Walk(directory, above, create: false);
        var found = parent < 0 ? parent : LinuxFiles.OpenIn(parent, name, flags);
        if (parent >= 0)
        {
            LinuxFiles.CloseNow(parent);
        }

        return found;
    }

    /// <summary>The directory of a file that is to be written, made where it is not there.</summary>
    /// <exception cref="IOException">It cannot be opened or made.</exception>
    public int OpenParent(string path) => OpenDirectory(RepoPath.Cut(path).Directory, create: true) switch
    {
        >= 0 and var opened => opened,
        -LinuxFiles.NotADirectory =>
            throw new IOException($"{Full(path)} cannot be made: something else stands in the place of its directory"),
        var error => throw Fault(path, -error),
    };

    /// <summary>Opens a directory; with <paramref name="create"/>, what is not there of it is made.</summary>
    /// <returns>The descriptor, or the negative error number.</returns>
    public int OpenDirectory(string path, bool create)
    {
        var (start, rest) = Start(path);
        var directory = OpenStart(start);
        return directory < 0 ? directory : Walk(directory, rest, create);
    }

    /// <summary>The first component of a path that is a link, for the message; null where none is by now.</summary>
    public string? LinkOn(string path)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); ; end = path.IndexOf('/', end + 1))
        {
            var part = end < 0 ? path : path[..end];
            if (part != followed && LinuxFiles.Stat(Full(part), LinuxFiles.DoNotFollow, out var found) == 0 && found.IsLink)
            {
                return part;
            }

            if (end < 0)
            {
                return null;
            }
        }
    }

    /// <summary>What the door throws where the kernel answered with an error number.</summary>
    public Exception Fault(string path, int error) => error switch
    {
        LinuxFiles.NoEntry => new FileNotFoundException($"{Full(path)} is not there", Full(path)),
        LinuxFiles.NoAccess or LinuxFiles.NotPermitted =>
            new UnauthorizedAccessException($"{Full(path)}: {Marshal.GetPInvokeErrorMessage(error)}"),
        LinuxFiles.TooManyLinks or LinuxFiles.CrossDevice or LinuxFiles.NotADirectory when LinkOn(path) is { } link =>
            new PathRefusedException(Full(GuardedFaults.Link(link))),
        IsADirectory or NoDevice or NoSuchDevice => new PathRefusedException($"{Full(path)}: {FileProbe.NotRegular}"),
        LinuxFiles.NotADirectory => new FileNotFoundException($"{Full(path)} is not there", Full(path)),
        _ => new IOException($"{Full(path)}: {Marshal.GetPInvokeErrorMessage(error)}"),
    };

    /// <summary>Goes down step by step from a directory, which is closed. A link on the way is the error of too many links.</summary>
    private static int Walk(int directory, string path, bool create)
    {
        const int Flags = LinuxFiles.PathOnly | LinuxFiles.CloseOnExec;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = LinuxFiles.OpenIn(directory, name, Flags | LinuxFiles.Directory | LinuxFiles.NoFollow);
            if (next == -LinuxFiles.NoEntry && create && LinuxFiles.MakeDirectoryIn(directory, name) is 0 or -LinuxFiles.Exists)
            {
                next = LinuxFiles.OpenIn(directory, name, Flags | LinuxFiles.Directory | LinuxFiles.NoFollow);
            }

            if (next == -LinuxFiles.NotADirectory && LinuxFiles.StatIn(directory, name, out var found) == 0 && found.IsLink)
            {
                next = -LinuxFiles.TooManyLinks;
            }

            LinuxFiles.CloseNow(directory);
            if (next < 0)
            {
                return next;
            }

            directory = next;
        }

        return directory;
    }

    /// <summary>Where opening begins: the repository, or the link that is allowed, whose target is then the root.</summary>
    private (string Start, string Below) Start(string path) =>
        followed is not null && RepoPath.Below(path, followed) is { } rest ? (Full(followed), rest) : (root, path);

    private static int OpenStart(string start) =>
        LinuxFiles.OpenIn(LinuxFiles.CurrentDirectory, start, LinuxFiles.PathOnly | LinuxFiles.Directory | LinuxFiles.CloseOnExec);
}
