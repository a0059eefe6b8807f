using System.Text;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Changes;

/// <summary>
/// The patterns of .gitignore and .gitattributes of a repository, read directory by directory as they are reached. A later pattern wins
/// over an earlier one, and one of a deeper directory over one of a higher.
/// </summary>
internal sealed class PatternFiles(GuardedFiles files)
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxPatterns = 2000;

    /// <summary>Attributes by which git stores another content than the file has.</summary>
    private static readonly string[] Converting = ["filter=", "ident", "working-tree-encoding="];

    private readonly List<(PathPattern Pattern, bool Value)> ignored = [];
    private readonly List<(PathPattern Pattern, bool Value)> filtered = [];

    /// <summary>What belongs to the whole repository and is in none of its directories.</summary>
    public void AddOfRepository()
    {
        AddIgnored(".git/info/exclude", "");
        AddFiltered(".git/info/attributes", "");
    }

    /// <param name="directory">With '/' at its end; empty for the root.</param>
    public void AddOf(string directory)
    {
        AddIgnored($"{directory}.gitignore", directory);
        AddFiltered($"{directory}.gitattributes", directory);
    }

    public bool IsIgnored(string path, bool isDirectory) => LastOf(ignored, path, isDirectory);

    /// <summary>Whether a program, or git itself, changes the content on its way into the repository.</summary>
    public bool IsFiltered(string path) => LastOf(filtered, path, isDirectory: false);

    private static bool LastOf(List<(PathPattern Pattern, bool Value)> patterns, string path, bool isDirectory)
    {
        for (var i = patterns.Count - 1; i >= 0; i--)
        {
            if (patterns[i].Pattern.Matches(path, isDirectory))
            {
                return patterns[i].Value;
            }
        }

        return false;
    }

    private void AddIgnored(string file, string directory)
    {
        foreach (var line in Lines(file))
        {
            var isNegated = line.StartsWith('!');
            Add(ignored, PathPattern.Parse(isNegated ? line[1..] : line, directory), !isNegated);
        }
    }

    private void AddFiltered(string file, string directory)
    {
        foreach (var line in Lines(file))
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            foreach (var word in words.Skip(1))
            {
                if (Converting.Any(one => word.StartsWith(one, StringComparison.Ordinal)))
                {
                    Add(filtered, PathPattern.Parse(words[0], directory), true);
                }
                else if (word.TrimStart('-', '!') is "filter" or "ident" or "working-tree-encoding")
                {
                    Add(filtered, PathPattern.Parse(words[0], directory), false);
                }
            }
        }
    }

    private static void Add(List<(PathPattern Pattern, bool Value)> patterns, PathPattern? pattern, bool value)
    {
        if (pattern is not null && patterns.Count < MaxPatterns)
        {
            patterns.Add((pattern, value));
        }
    }

    private IEnumerable<string> Lines(string file)
    {
        try
        {
            return files.Read(file, MaxBytes) is { } bytes
                ? Encoding.UTF8.GetString(bytes).Split('\n').Select(static line => line.TrimEnd('\r', ' '))
                    .Where(static line => line.Length > 0 && line[0] != '#')
                : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Without them more is listed, and nothing is hidden.
            return [];
        }
    }
}
