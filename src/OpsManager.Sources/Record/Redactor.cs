using System.Text.RegularExpressions;

namespace OpsManager.Sources.Record;

/// <summary>
/// Takes secrets and paths of people out of a text, and counts them. Pure but for the counts. What it puts in needs no escape in JSON, so
/// that JSON stays JSON; ids, hashes and times are left as they are.
/// </summary>
internal sealed partial class Redactor
{
    /// <summary>What stands for a text in which redaction took too long.</summary>
    public const string TooLong = "[redacted:too-long-to-check]";

    private const string RepositoryKind = "repository-path";
    private const string HomeAs = "user";

    private readonly List<(string Kind, string Path, string With)> paths = [];
    private readonly SecretPattern[] patterns;

    public Redactor(RedactionRules rules)
    {
        // A longer path first: a repository may be in another one, and is in a home.
        foreach (var root in rules.Repositories.Where(static path => path.Length > 1).OrderByDescending(static path => path.Length))
        {
            Add(RepositoryKind, root, rules.RepositoryAs);
        }

        foreach (var home in rules.Homes.Where(static path => path.Length > 1))
        {
            Add(SecretPattern.Home.Kind, home, $"/home/{HomeAs}");
        }

        patterns = [.. SecretPattern.Known, SecretPattern.Home, .. rules.Patterns.Select(SecretPattern.Own)];
    }

    public RedactionCounts Counts { get; } = new();

    /// <summary>The text without what must not be in it.</summary>
    public string Redact(string text)
    {
        try
        {
            foreach (var (kind, path, with) in paths)
            {
                text = ReplacePath(text, kind, path, with);
            }

            foreach (var pattern in patterns)
            {
                if (pattern.Markers is null || text.AsSpan().ContainsAny(pattern.Markers))
                {
                    text = Replace(text, pattern);
                }
            }

            return text;
        }
        catch (RegexMatchTimeoutException)
        {
            Counts.Add("too-long-to-check");
            return TooLong;
        }
    }

    /// <summary>Ids, hashes and times.</summary>
    [GeneratedRegex(
        @"^(?:[0-9a-f]{7,128}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.,]+(?:Z|[+-][\d:]+)?|\d{8}T\d{6}Z?)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Identifier();

    private void Add(string kind, string path, string with)
    {
        paths.Add((kind, path, with));
        paths.Add((kind, path.Replace("/", "\\/", StringComparison.Ordinal), with.Replace("/", "\\/", StringComparison.Ordinal)));
    }

    private string Replace(string text, SecretPattern pattern) => pattern.Pattern.Replace(text, match =>
    {
        var group = match.Groups["v"];
        var value = group.Success ? group : (Capture)match;
        if (IsKept(text, value, pattern))
        {
            return match.Value;
        }

        Counts.Add(pattern.Kind);
        var with = pattern == SecretPattern.Home ? HomeAs : $"[redacted:{pattern.Kind}]";
        return string.Concat(
            match.ValueSpan[..(value.Index - match.Index)], with, match.ValueSpan[(value.Index - match.Index + value.Length)..]);
    });

    private static bool IsKept(string text, Capture value, SecretPattern pattern)
    {
        var found = value.ValueSpan;
        return found.Length == 0
            || found.StartsWith("[redacted:", StringComparison.Ordinal)
            || (pattern == SecretPattern.Home && found is HomeAs)
            || (pattern.NeedsProof && !LooksSecret(found))
            || (pattern.Markers is null && Identifier().IsMatch(WordAround(text, value.Index, value.Length)));
    }

    /// <summary>A count is no secret, and neither is a word of prose.</summary>
    private static bool LooksSecret(ReadOnlySpan<char> value) =>
        value.Length >= 20 || (value.ContainsAnyInRange('0', '9') && value.ContainsAnyExceptInRange('0', '9'));

    private static string WordAround(string text, int start, int length)
    {
        var end = start + length;
        while (start > 0 && IsWord(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && IsWord(text[end]))
        {
            end++;
        }

        return text[start..end];
    }

    private static bool IsWord(char one) => char.IsAsciiLetterOrDigit(one) || one is '-' or ':' or '.' or '+' or '_';

    /// <summary>Replaces a path, and nothing that only begins like it.</summary>
    private string ReplacePath(string text, string kind, string path, string with)
    {
        var at = text.IndexOf(path, StringComparison.Ordinal);
        while (at >= 0)
        {
            var end = at + path.Length;
            var isWhole = (end == text.Length || !(char.IsLetterOrDigit(text[end]) || text[end] is '-' or '_' or '.'))
                || (text[end] == '.' && (end + 1 == text.Length || !char.IsLetterOrDigit(text[end + 1])));
            if (isWhole)
            {
                Counts.Add(kind);
                text = string.Concat(text.AsSpan(0, at), with, text.AsSpan(end));
            }

            at = text.IndexOf(path, isWhole ? at + with.Length : end, StringComparison.Ordinal);
        }

        return text;
    }
}
