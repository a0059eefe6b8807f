using OpsManager.Core.Model;

namespace OpsManager.Sources.Local;

/// <summary>Puts lines of a log into words, a screenful at a time.</summary>
public interface IEventText
{
    /// <summary>Lines <paramref name="from"/> up to, not including, <paramref name="to"/>, as rows of the loop's index.</summary>
    IReadOnlyList<EventLine> Read(LoopModel loop, int from, int to);

    /// <summary>One line as it is in the file, of a very long one the first MiB; null where it cannot be read.</summary>
    string? Raw(LoopModel loop, int row);
}

/// <summary>One line of a log in words. Text is as the agents wrote it: code that shows it cleans it.</summary>
/// <param name="Text">The message, or the scalar fields of its data; for a line that is no event, the line itself.</param>
public sealed record EventLine(
    bool IsEvent, DateTimeOffset? At, string Timestamp, long? Iteration, string? Role, string Name, string? Status, string Text)
{
    /// <summary>All that a text term of a filter is looked for in.</summary>
    public string Shown => string.Join(' ', ((string?[])[Name, Role, Status, Text]).Where(static part => !string.IsNullOrEmpty(part)));
}
