using System.Text.Json;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>What the test runtime really did, in order (its Journal).</summary>
internal sealed class RuntimeJournal
{
    private readonly List<Step> steps;

    private RuntimeJournal(List<Step> steps) => this.steps = steps;

    public IEnumerable<Step> Started => steps.Where(static step => step is { Name: "started", Key: not null });

    /// <summary>Only when nobody writes to it any more.</summary>
    public static RuntimeJournal Read(string path) =>
        new([.. File.ReadAllLines(path).Select(static line => JsonDocument.Parse(line).RootElement).Select(static row => new Step(
        new DateTimeOffset(row.GetProperty("at").GetInt64(), TimeSpan.Zero),
        row.GetProperty("step").GetString()!,
        row.GetProperty("key").GetString(),
        row.GetProperty("pid").GetInt32(),
        row.GetProperty("requested_at").GetString(),
        row.GetProperty("word").GetString()))]);

    /// <summary>The request that a command was for; null where none waited.</summary>
    public string? RequestOf(string key) => Assert.Single(Started, step => step.Key == key).RequestedAt;

    /// <summary>The decision in force at the end; null where nobody has decided.</summary>
    public string? InForce(string requestedAt) => Decisions(requestedAt).LastOrDefault()?.Word;

    /// <summary>Whether a decision was in force at some time between two.</summary>
    public bool WasInForce(string requestedAt, string word, DateTimeOffset from, DateTimeOffset to)
    {
        var decisions = Decisions(requestedAt).ToList();
        return decisions.Where((decision, at) =>
            decision.Word == word && decision.At <= to && (at == decisions.Count - 1 || decisions[at + 1].At >= from)).Any();
    }

    public override string ToString() => string.Join('\n', steps);

    /// <summary>What was taken up stays.</summary>
    private IEnumerable<Step> Decisions(string requestedAt)
    {
        var of = steps
            .Where(step => step.RequestedAt == requestedAt && step.Name is "decided" or "taken_up" && step.RequestedAt == requestedAt)
            .ToList();
        var closing = of.FindIndex(static step => step.Name == "taken_up");
        return closing < 0 ? of : of.Take(closing + 1);
    }

    public sealed record Step(DateTimeOffset At, string Name, string? Key, int Pid, string? RequestedAt, string? Word);
}
