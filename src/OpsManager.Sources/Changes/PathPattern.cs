using System.Text;
using System.Text.RegularExpressions;

namespace OpsManager.Sources.Changes;

/// <summary>
/// A pattern of .gitignore or .gitattributes (gitignore(5), "Pattern format"), for paths below the directory of the file that has it.
/// </summary>
internal sealed class PathPattern
{
    /// <summary>Patterns come from the repository: one that is made to take long is given up.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromMilliseconds(100);

    private readonly Regex regex;
    private readonly bool onlyDirectories;

    private PathPattern(Regex regex, bool onlyDirectories) => (this.regex, this.onlyDirectories) = (regex, onlyDirectories);

    /// <summary>Null where it matches nothing.</summary>
    /// <param name="directory">Of the file that has it, relative to the repository, with '/' at its end; empty for the root.</param>
    public static PathPattern? Parse(string pattern, string directory)
    {
        var onlyDirectories = pattern.EndsWith('/');
        var text = pattern.TrimEnd('/');
        if (text.Length == 0)
        {
            return null;
        }

        var isAnchored = text.Contains('/', StringComparison.Ordinal);
        text = text.TrimStart('/');
        var expression = $"^{Regex.Escape(directory)}{(isAnchored ? "" : "(?:.*/)?")}{Expression(text)}$";
        try
        {
            return new(new Regex(expression, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, MaxTime), onlyDirectories);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <param name="path">Relative to the repository, without a slash at its end.</param>
    public bool Matches(string path, bool isDirectory)
    {
        try
        {
            return (isDirectory || !onlyDirectories) && regex.IsMatch(path);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static string Expression(string pattern)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern.AsSpan(i).StartsWith("**/", StringComparison.Ordinal))
            {
                text.Append("(?:.*/)?");
                i += 2;
            }
            else if (pattern.AsSpan(i).SequenceEqual("**"))
            {
                text.Append(".*");
                i++;
            }
            else
            {
                i += Single(pattern, i, text) - 1;
            }
        }

        return text.ToString();
    }

    /// <returns>Characters of the pattern that were used.</returns>
    private static int Single(string pattern, int at, StringBuilder text)
    {
        switch (pattern[at])
        {
            case '*':
                text.Append("[^/]*");
                return 1;
            case '?':
                text.Append("[^/]");
                return 1;
            case '\\' when at + 1 < pattern.Length:
                text.Append(Regex.Escape(pattern[(at + 1)..(at + 2)]));
                return 2;
            case '[' when at + 2 < pattern.Length && pattern.IndexOf(']', at + 2) is > 0 and var end:
                var inside = pattern[(at + 1)..end].Replace("\\", "\\\\", StringComparison.Ordinal);
                text.Append('[').Append(inside[0] == '!' ? "^" + inside[1..] : inside).Append(']');
                return end - at + 1;
            default:
                text.Append(Regex.Escape(pattern[at..(at + 1)]));
                return 1;
        }
    }
}
