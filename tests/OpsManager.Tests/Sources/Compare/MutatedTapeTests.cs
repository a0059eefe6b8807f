using System.Text.Json.Nodes;
using OpsManager.Contract.Tapes;
using OpsManager.Contract.Words;
using OpsManager.Core.Compare;
using OpsManager.Sources.Compare;
using Xunit;

namespace OpsManager.Tests.Sources.Compare;

/// <summary>
/// Fifty pairs of recordings: the second of each is the first on another day, changed at one place that the test knows. The place is found
/// in every one of them.
/// </summary>
public sealed class MutatedTapeTests
{
    private const int Pairs = 50;

    private static readonly string[] Tapes =
    [
        "completes", "delegation", "long-run", "max-iterations", "no-progress-stop", "old-runtime-completes", "rate-limit-stop",
        "tokens-and-logs", "heartbeat-stale", "approval-rejected",
    ];

    private enum Mutation
    {
        Removed,
        Added,
        Role,
        Gate,
        Exit,
        Order,
        Tokens,
        Cut,
    }

    [Fact]
    public void The_first_divergence_is_where_the_recording_was_changed()
    {
        var random = new Random(20261130);
        var missed = new List<string>();
        var done = new HashSet<Mutation>();
        for (var pair = 0; pair < Pairs; pair++)
        {
            var tape = SampleTape.Read(Tapes[pair % Tapes.Length]);
            var mutation = Mutations().Skip((pair + (pair / Tapes.Length)) % 8).Concat(Mutations()).First(kind => Can(kind, Open(tape)));
            done.Add(mutation);
            if (!Finds(tape, mutation, random, out var told))
            {
                missed.Add($"{tape.Name} {mutation}: {told}");
            }
        }

        Assert.Equal(Mutations(), done.Order());
        Assert.Empty(missed);
    }

    [Theory]
    [MemberData(nameof(SampleTape.Names), MemberType = typeof(SampleTape))]
    public void A_recording_is_equal_to_itself_on_another_day(string name)
    {
        var tape = SampleTape.Read(name);
        if (RunPlace.Recording(tape).Loops.Count == 1)
        {
            var compared = Compare(tape, TapeMutation.OnAnotherDay(tape));

            Assert.Equal((0, 0), (compared.DifferenceCount, compared.NumberCount));
        }
    }

    private static Mutation[] Mutations() => Enum.GetValues<Mutation>();

    private static OpenRun Open(Tape tape) => OpenRun.From(RunPlace.Recording(tape), new RunName(tape.Name));

    private static RunComparison Compare(Tape a, Tape b) => RunComparer.Compare(Open(a).Run, Open(b).Run, strict: true);

    private static bool Can(Mutation mutation, OpenRun run) => mutation switch
    {
        Mutation.Exit => Steps(run).Any(static step => step.Fields.Any(static field => field.Name == "exit_code")),
        Mutation.Tokens => run.Run.Usage.Any(static row => row.InputTokens is > 0),
        _ => true,
    };

    /// <summary>What is compared of a run, in the order of the log.</summary>
    private static RunStep[] Steps(OpenRun run) =>
        [.. run.Run.Steps.Where(static step => step.Name != EventNames.DelegationWaveQueueDrain)];

    private static bool Finds(Tape tape, Mutation mutation, Random random, out string told)
    {
        var run = Open(tape);
        var (events, usage) = (TapeMutation.Events(run.Loop), TapeMutation.Usage(run.Loop));
        var steps = Steps(run);
        RunStep Any(Func<RunStep, bool> which) => steps.Where(which).OrderBy(_ => random.Next()).First();
        var line = 0;
        Tape Changed(Func<RunStep, bool> which, Action<JsonObject> edit)
        {
            line = Any(which).Line;
            return TapeMutation.WithLine(tape, events, line, TapeMutation.Edit(TapeMutation.Lines(tape, events)[line - 1], edit));
        }

        switch (mutation)
        {
            case Mutation.Removed:
                line = Any(static _ => true).Line;
                return Is(tape, TapeMutation.WithLine(tape, events, line), out told,
                    found => found.First is { Kind: DifferenceKind.OnlyA, A.Line: var at } && at == line);
            case Mutation.Added:
                line = Any(static step => step.Child is null).Line;
                var more = TapeMutation.Edit(TapeMutation.Lines(tape, events)[line - 1], static root => root["event"] = "recovery_start");
                return Is(tape, TapeMutation.WithLine(tape, events, line, TapeMutation.Lines(tape, events)[line - 1], more), out told,
                    found => found.First is { Kind: DifferenceKind.OnlyB, B: { Name: "recovery_start", Line: var at } } && at == line + 1);
            case Mutation.Role:
                return Is(tape, Changed(static step => step.Role is not null, static root => root["role"] = "auditor"), out told,
                    found => found.First is { Kind: DifferenceKind.Changed, A.Line: var at, Changes: [{ Name: "role", B: "auditor" }] }
                        && at == line);
            case Mutation.Gate:
                var gated = Changed(
                    static step => step.Gate is not null && step.Name.EndsWith("_end", StringComparison.Ordinal),
                    static root => root["data"]!["status"] = "blocked");
                return Is(tape, gated, out told,
                    found => found.First is { Kind: DifferenceKind.Changed, A.Line: var at } first && at == line
                        && first.Changes.Any(static change => change is { Name: "status", B: "blocked" }));
            case Mutation.Exit:
                var exited = Changed(
                    static step => step.Fields.Any(static field => field.Name == "exit_code"),
                    static root => (root["data"]!["exit_code"] is null ? root["data"]!["details"]! : root["data"]!)["exit_code"] = 77);
                return Is(tape, exited, out told,
                    found => found.First is { Kind: DifferenceKind.Changed, A.Line: var at } first && at == line
                        && first.Changes.Any(static change => change is { Name: "exit_code", B: "77" }));
            case Mutation.Order:
                var place = Enumerable.Range(0, steps.Length - 1).Where(at => steps[at].Child is null && steps[at + 1].Child is null
                    && steps[at].Line + 1 == steps[at + 1].Line && steps[at].Iteration == steps[at + 1].Iteration
                    && (steps[at].Name, steps[at].Role) != (steps[at + 1].Name, steps[at + 1].Role)).OrderBy(_ => random.Next()).First();
                line = steps[place].Line;
                var lines = TapeMutation.Lines(tape, events);
                var swapped = TapeMutation.WithLines(
                    tape, events, (at, one) => at == line ? [lines[line]] : at == line + 1 ? [lines[line - 1]] : [one]);
                return Is(tape, swapped, out told,
                    found => found is { DifferenceCount: 1, First: { Kind: DifferenceKind.Moved, A.Line: var at } }
                        && (at == line || at == line + 1));
            case Mutation.Tokens:
                var rows = TapeMutation.Lines(tape, usage);
                line = Enumerable.Range(1, rows.Count).OrderBy(_ => random.Next()).First();
                var row = JsonNode.Parse(rows[line - 1])!;
                var dearer = TapeMutation.WithLine(
                    tape, usage, line, TapeMutation.Edit(rows[line - 1], static root => root["usage"]!["output_tokens"] = 987_654_321));
                return Is(tape, dearer, out told,
                    found => found is { DifferenceCount: 0, Numbers: [{ Kind: NumberKind.OutputTokens } number] }
                        && number.Iteration == (long)row["iteration"]! && number.Who == (string)row["role"]!);
            default:
                line = steps[steps.Length - random.Next(1, 5)].Line;
                return Is(tape, TapeMutation.CutFrom(tape, events, line), out told,
                    found => found.First is { Kind: DifferenceKind.OnlyA, A.Line: var at } && at == line);
        }
    }

    private static bool Is(Tape tape, Tape other, out string told, Func<RunComparison, bool> isThere)
    {
        var compared = Compare(tape, TapeMutation.OnAnotherDay(other));
        told = string.Join('\n', ComparisonText.Lines(compared).Select(static line => line.Text));
        return !compared.IsEqual && isThere(compared);
    }
}
