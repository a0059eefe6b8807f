using OpsManager.Contract;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Changes;

/// <summary>
/// Compares the working directory of a repository with its last commit. git reads objects only, and the files are read and hashed here,
/// through the door that follows no link: nothing of the repository's own configuration is executed (docs/security.md).
/// </summary>
public sealed class WorkingTree(GuardedFiles files, ChildProcess children)
{
    /// <summary>Files that are listed at most.</summary>
    public const int MaxListed = 2000;

    private const int MaxDirectories = 5000;

    /// <summary>Directories without any file of the commit whose files are listed; of more, the directory is one entry.</summary>
    private const int MaxNewDirectories = 500;

    /// <summary>What is read of all files together; the rest is not compared.</summary>
    private const long MaxBytes = 2L * 1024 * 1024 * 1024;

    /// <summary>The files that differ. It reads every file of the commit, so it may take seconds; call it beside the screen.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for it any longer.</exception>
    public async Task<ChangeList> CompareAsync(CancellationToken cancel)
    {
        var (commit, committed, fault) = await new GitReader(children, files.Root).ReadAsync(cancel).ConfigureAwait(false);
        // git may have been stopped, or done before that: the answer is the same.
        cancel.ThrowIfCancellationRequested();
        return fault is not null ? new(commit, [], fault) : new Comparison(files, cancel).Compare(commit!, committed);
    }

    /// <summary>One comparison, and how much of its limits is used.</summary>
    private sealed class Comparison(GuardedFiles files, CancellationToken cancel)
    {
        private const string Submodule = "160000";
        private const string Link = "symbolic link, not followed";

        private readonly List<ChangedFile> found = [];
        private readonly PatternFiles patterns = new(files);
        private long bytesLeft = MaxBytes;
        private int directories;
        private int newDirectories;
        private int ignored;
        private int compared;

        public ChangeList Compare(string commit, IReadOnlyList<CommittedFile> committed)
        {
            patterns.AddOfRepository();
            var known = new HashSet<string>(committed.Select(static file => file.Path), StringComparer.Ordinal);
            var parents = new HashSet<string>(committed.SelectMany(static file => Parents(file.Path)), StringComparer.Ordinal);
            Walk("", known, parents);
            // What the runtime writes changes all the time, and has panes of its own.
            foreach (var file in committed.Where(static file => !file.Path.StartsWith(ArtifactPaths.Root + "/", StringComparison.Ordinal)))
            {
                cancel.ThrowIfCancellationRequested();
                if (Compared(file) is { } changed)
                {
                    found.Add(changed);
                }
            }

            // What is known to differ comes first: many files that cannot be compared hide none of it.
            var listed = found.OrderBy(static file => file.Kind == ChangeKind.NotCompared)
                .ThenBy(static file => file.Path, StringComparer.Ordinal)
                .Take(MaxListed)
                .ToArray();
            return new ChangeList(commit, listed) { Compared = compared, Ignored = ignored, LeftOut = found.Count - listed.Length };
        }

        private static IEnumerable<string> Parents(string path)
        {
            for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            {
                yield return path[..slash];
            }
        }

        private ChangedFile? Compared(CommittedFile file)
        {
            try
            {
                var probe = files.Probe(file.Path);
                if (probe.IsMissing)
                {
                    // First of all: no filter may hide that a file is not there.
                    return new(file.Path, ChangeKind.Removed);
                }

                var whyNot = !file.IsFile ? file.Mode == Submodule ? "submodule" : Link
                    : probe == FileProbe.Link ? Link
                    : probe.Condition != ArtifactCondition.Present ? probe.Fault
                    : patterns.IsFiltered(file.Path) ? "filtered, not compared"
                    : null;
                if (whyNot is not null)
                {
                    return new(file.Path, ChangeKind.NotCompared, whyNot);
                }

                bytesLeft -= probe.Stamp.Size;
                if (bytesLeft < 0)
                {
                    return new(file.Path, ChangeKind.NotCompared, "the repository is too large to compare all of it");
                }

                compared++;
                return ContentHash.IsOf(files, file.Path, probe.Stamp.Size, file.Hash) ? null : new(file.Path, ChangeKind.Changed);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return new(file.Path, ChangeKind.NotCompared, error.Message);
            }
        }

        /// <summary>Adds what the commit does not have.</summary>
        /// <param name="directory">With '/' at its end; empty for the root.</param>
        private void Walk(string directory, HashSet<string> known, HashSet<string> parents)
        {
            cancel.ThrowIfCancellationRequested();
            if (++directories > MaxDirectories)
            {
                found.Add(new(directory, ChangeKind.NotCompared, "too many directories"));
                return;
            }

            patterns.AddOf(directory);
            var here = directory.TrimEnd('/');
            try
            {
                foreach (var entry in files.Files(here))
                {
                    Add(directory + entry.Name, isDirectory: false, known, entry.Fault);
                }

                foreach (var name in files.Directories(here))
                {
                    if (directory == GuardedFiles.Top && name is ".git" or ArtifactPaths.Root)
                    {
                        continue;
                    }

                    if (parents.Contains(directory + name))
                    {
                        Walk($"{directory}{name}/", known, parents);
                    }
                    else if (IsListed(directory + name))
                    {
                        newDirectories++;
                        Walk($"{directory}{name}/", known, parents);
                    }
                    else
                    {
                        Add(directory + name, isDirectory: true, known, null);
                    }
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                found.Add(new(directory, ChangeKind.NotCompared, error.Message));
            }
        }

        /// <summary>
        /// Whether the files of a directory that is new are listed; another repository in it is one entry, as git has it.
        /// </summary>
        private bool IsListed(string directory) => newDirectories < MaxNewDirectories && !patterns.IsIgnored(directory, isDirectory: true)
            && files.Probe(directory + "/.git").IsMissing;

        private void Add(string path, bool isDirectory, HashSet<string> known, string? fault)
        {
            if (known.Contains(path) || path == ".git")
            {
                return;
            }

            if (patterns.IsIgnored(path, isDirectory))
            {
                ignored++;
                return;
            }

            found.Add(new(isDirectory ? path + "/" : path, ChangeKind.Added, fault == FileProbe.Link.Fault ? Link : fault));
        }
    }
}
