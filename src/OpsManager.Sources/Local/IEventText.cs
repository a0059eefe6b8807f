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
    /// <summary>What happened, without the role that did it; bounded. Empty for a line that is no event.</summary>
    public string Words { get; init; } = "";

    /// <summary>What was of the iteration that ends here; null where the event is no such end, or does not say.</summary>
    public string? Outcome { get; init; }

    /// <summary>It is of a gate that is off, or was skipped.</summary>
    public bool IsOff { get; init; }

    /// <summary>All that a text term of a filter is looked for in: what is shown, and what is behind it.</summary>
    public string Shown => IsEvent ? $"{Joined(Name, Role, Status, Text)}\n{Joined(Role, Words)}" : Text;

    private static string Joined(params string?[] parts) => string.Join(' ', parts.Where(static part => !string.IsNullOrEmpty(part)));
}
