using System.Buffers;
using System.Globalization;
using System.Text;
using OpsManager.Contract.Json;
using OpsManager.Contract.Text;

namespace OpsManager.Control.Rollout;

/// <summary>
/// The Markdown of an incident note: sections, points, and blocks of text from files, in which nothing means anything to a reader of
/// Markdown or to a terminal.
/// </summary>
internal static class IncidentMarkdown
{
    private const int MaxLineChars = 400;
    private const int ProseWidth = 90;

    private static readonly SearchValues<char> Marks = SearchValues.Create("`*[]<>#|\\");

    public static void Section(StringBuilder text, string title)
    {
        Line(text);
        Line(text, $"## {title}");
        Line(text);
    }

    public static void Block(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Line(text, $"    {SafeText.Clean(line, MaxLineChars)}");
        }
    }

    /// <summary>A sentence or a point of a list, in lines that a terminal shows whole.</summary>
    public static void Prose(StringBuilder text, string sentence)
    {
        var indent = sentence.StartsWith("- ", StringComparison.Ordinal)
            ? "  "
            : sentence.IndexOf(". ", StringComparison.Ordinal) is 1 or 2 ? "   "
            : "";
        var line = new StringBuilder();
        foreach (var word in sentence.Split(' '))
        {
            if (line.Length > indent.Length && line.Length + word.Length >= ProseWidth)
            {
                Line(text, line.ToString());
                line.Clear().Append(indent);
            }

            line.Append(line.Length > 0 && line[^1] != ' ' ? " " : "").Append(word);
        }

        Line(text, line.ToString());
    }

    public static void Line(StringBuilder text, string line = "") => text.Append(line).Append('\n');

    /// <summary>A word of a command line that is copied into a shell.</summary>
    public static string Word(string word) =>
        word.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '_' or '-')
            ? word
            : $"'{SafeText.Clean(word).Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Text of others inside a line: no mark of Markdown in it may mean anything.</summary>
    public static string Clean(string? text)
    {
        var clean = SafeText.Clean(text ?? "unknown", MaxLineChars);
        return clean.AsSpan().ContainsAny(Marks) ? Escaped(clean) : clean;
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            escaped.Append(Marks.Contains(letter) ? "\\" : "").Append(letter);
        }

        return escaped.ToString();
    }

    public static string Cell(string? text) => Clean(string.IsNullOrWhiteSpace(text) ? "none" : text);

    public static string Time(DateTimeOffset? at) => at is { } time ? UtcSecondsConverter.Text(time) : "at an unknown time";

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
