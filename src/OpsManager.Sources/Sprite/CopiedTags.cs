using System.Globalization;
using System.IO.Abstractions;
using OpsManager.Contract;

namespace OpsManager.Sources.Sprite;

/// <summary>The tags of the snapshots that the copies of loops are of, kept beside them for the next session.</summary>
internal sealed class CopiedTags(IFileSystem files, string root)
{
    private string File => files.Path.Combine(root, "copied-tags");

    /// <summary>
    /// The tags that an earlier session has left, by loop. They are taken away with that: a session that ends in the middle of a change
    /// leaves none. A copy whose log is no longer as long as it was has none either.
    /// </summary>
    /// <param name="sizeOf">How long a copied file is, in bytes.</param>
    public Dictionary<string, string> Take(Func<string, long> sizeOf)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!files.File.Exists(File))
        {
            return found;
        }

        foreach (var line in files.File.ReadAllLines(File))
        {
            if (line.Split(' ') is [var loop, var size, var tag] && Size(loop, sizeOf) == size)
            {
                found[loop] = tag;
            }
        }

        files.File.Delete(File);
        return found;
    }

    /// <summary>Leaves the tags of copies that are whole to the next session.</summary>
    /// <param name="sizeOf">How long a copied file is, in bytes.</param>
    public void Keep(IReadOnlyDictionary<string, string?> tags, Func<string, long> sizeOf)
    {
        string[] lines =
            [.. tags.Where(static tag => tag.Value is not null).Select(tag => $"{tag.Key} {Size(tag.Key, sizeOf)} {tag.Value}")];
        try
        {
            if (lines.Length > 0)
            {
                files.File.WriteAllLines(File, lines);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next session asks for more than it needs.
        }
    }

    private static string Size(string loop, Func<string, long> sizeOf) =>
        sizeOf(ArtifactPaths.Events(loop)).ToString(CultureInfo.InvariantCulture);
}
