using OpsManager.Contract;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Replay;

/// <summary>Lists the files of a .superloop on disk, through the door: links are reported and not followed.</summary>
internal static class RecordedFolder
{
    /// <summary>The directory itself, those in it, and so on.</summary>
    private const int MaxDepth = 12;

    /// <param name="directory">The .superloop, by whatever name it is called behind the door.</param>
    /// <exception cref="IOException">It cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static RecordedFiles List(IRepoFiles files, string directory)
    {
        var found = new RecordedFiles();
        Walk(files, directory, ArtifactPaths.Root, 1, found);
        return found;
    }

    private static void Walk(IRepoFiles files, string directory, string path, int depth, RecordedFiles found)
    {
        foreach (var entry in files.Files(directory))
        {
            var (from, size) = ($"{directory}/{entry.Name}", entry.Stamp.Size);
            if (entry.Fault is { } fault)
            {
                found.Refuse($"{path}/{entry.Name}", fault);
            }
            else if (found.HasRoom($"{path}/{entry.Name}", size))
            {
                found.Add(new($"{path}/{entry.Name}", size, entry.Stamp.ModifiedAt, () => new GuardedStream(files, from, size)));
            }
        }

        foreach (var name in files.Directories(directory))
        {
            if (depth == MaxDepth || found.IsFull)
            {
                found.Refuse($"{path}/{name}", depth == MaxDepth ? "it is too deep" : "there are too many files");
                continue;
            }

            try
            {
                Walk(files, $"{directory}/{name}", $"{path}/{name}", depth + 1, found);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                found.Refuse($"{path}/{name}", error.Message);
            }
        }
    }
}
