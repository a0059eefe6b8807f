using System.Globalization;
using System.Text.Json;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>
/// One random history with real processes, played to its end and checked. The seed gives what is tried; how it goes is the
/// host's.
/// </summary>
internal sealed class RealHistory(int seed) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly string[] Names = ["ada", "bob", "cleo", "dan", "eve"];
    private static readonly string[] Faults = ["", "", "", "", "nothing", "fail", "die-half", "other", "overruled", "survive"];
    private static readonly string[] Intents = ["approve", "approve", "approve", "reject", "reject", "reject", "cancel"];

#pragma warning disable CA5394 // A history has to be drawn again from its seed.
    private readonly Random random = new(seed);
#pragma warning restore CA5394
    private readonly LiveRepo repo = new();
    private readonly OperatorsHome home = new();
    private readonly List<RealOperator> operators = [];
    private readonly List<string> story = [];
    private int requests;

    public HistoryCounts Counts { get; } = new();

    public string Story => string.Join('\n', story);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Journal => home.File("journal.jsonl");

    private int Draw(int below) => random.Next(below);

    public async Task PlayAsync()
    {
        await RuntimeAsync("ask", "--run", "r1");
        var people = 2 + Draw(4);
        for (var step = 8 + Draw(6); step > 0; step--)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Draw(3) == 0 ? 0 : Draw(700)), Cancel);
            switch (Draw(10))
            {
                case 0 when operators.Count > 0:
                    await KillAsync(operators[Draw(operators.Count)]);
                    break;
                case 1:
                    await RuntimeAsync("overrule", "--by", "zoe", Draw(2) == 0 ? "--reject" : "");
                    break;
                case 2 or 3:
                    await RuntimeAsync("run");
                    await RuntimeAsync("ask", "--run", string.Create(CultureInfo.InvariantCulture, $"r{++requests + 1}"));
                    break;
                default:
                    Ask(people);
                    break;
            }
        }

        // Some are killed while they look for the effect.
        if (Draw(2) == 0 && operators.Find(static one => !one.HasEnded) is { } last)
        {
            await KillAsync(last);
        }

        foreach (var one in operators)
        {
            await one.EndAsync().WaitAsync(Patience, Cancel);
            story.Add(one.ToString());
        }

        await CommandsHaveEndedAsync();
        // Whoever looks next notices what was overruled.
        using var looking = new RunningProgram("reconcile", "--repo", repo.Root, "--loop", LiveRepo.Loop);
        var (code, _, error) = await looking.EndAsync();
        Assert.True(code == 0, error);
        Check(RuntimeJournal.Read(Journal));
    }

    public void Dispose()
    {
        foreach (var one in operators)
        {
            one.Dispose();
        }

        home.Dispose();
        repo.Dispose();
    }

    private void Ask(int people)
    {
        var old = operators.Count > 0 && Draw(4) == 0 ? operators[Draw(operators.Count)] : null;
        var intent = old?.Intent ?? Intents[Draw(Intents.Length)];
        var (by, key) = old is null
            ? (Names[Draw(people)], string.Create(CultureInfo.InvariantCulture, $"k{operators.Count + 1}"))
            : (old.By, old.Key);
        var environment = new Dictionary<string, string>
        {
            ["SUPERLOOP_BIN"] = RuntimeBinary.Path,
            ["TEST_RUNTIME_FAULT"] = Faults[Draw(Faults.Length)],
            ["TEST_RUNTIME_JOURNAL"] = Journal,
            ["TEST_RUNTIME_KEY"] = key,
            ["TEST_RUNTIME_BEFORE_MS"] = Draw(600).ToString(CultureInfo.InvariantCulture),
            ["TEST_RUNTIME_AFTER_MS"] = Draw(400).ToString(CultureInfo.InvariantCulture),
        };
        for (var processes = old is null && Draw(6) == 0 ? 3 : 1; processes > 0; processes--)
        {
            operators.Add(new RealOperator(repo.Root, intent, by, key, environment, isFresh: old is null));
            Counts.Asked++;
        }
    }

    private async Task KillAsync(RealOperator one)
    {
        if (!one.HasEnded)
        {
            await one.KillAsync();
            Counts.Killed++;
        }
    }

    /// <summary>What the runtime or somebody at a shell does.</summary>
    private async Task RuntimeAsync(string command, params string[] more)
    {
        using var run = new RunningProgram(
            new Dictionary<string, string> { ["TEST_RUNTIME_JOURNAL"] = Journal, ["TEST_RUNTIME_FAULT"] = "" },
            RuntimeBinary.Path,
            [command, "--repo", repo.Root, "--loop", LiveRepo.Loop, .. more]);
        var (code, _, _) = await run.EndAsync();
        story.Add($"{command} {string.Join(' ', more)}: {code}");
    }

    /// <summary>A command may outlive whoever sent it.</summary>
    private async Task CommandsHaveEndedAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        using var glances = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        // One that was sent right before its manager was killed has a moment to begin.
        await Task.Delay(TimeSpan.FromSeconds(1), limit.Token);
        while (RuntimeJournal.Read(Journal).Started.Any(static step => Directory.Exists($"/proc/{step.Pid}")))
        {
            await glances.WaitForNextTickAsync(limit.Token);
        }
    }

    private void Check(RuntimeJournal journal)
    {
        story.Add(journal.ToString());
        Counts.Sent = journal.Started.Count();
        Assert.All(journal.Started.GroupBy(static step => step.Key), static sent => Assert.Single(sent));
        var steps = Rows("telemetry/control.jsonl");
        var rows = Rows("intents.jsonl");
        Rows("telemetry/control-invocations.jsonl");
        Rows("escalations.jsonl");
        story.AddRange(steps.Select(static row => row.GetRawText()));
        foreach (var one in operators.Where(static one => !one.IsKilled))
        {
            Count(one);
            if (one is { Intent: "cancel" })
            {
                Assert.DoesNotContain("waiting: approve", one.Error, StringComparison.Ordinal);
                Assert.DoesNotContain("waiting: reject", one.Error, StringComparison.Ordinal);
            }
            else if (one.Status == "confirmed")
            {
                CheckConfirmed(one, journal, steps, rows);
            }
        }
    }

    private void CheckConfirmed(RealOperator one, RuntimeJournal journal, List<JsonElement> steps, List<JsonElement> rows)
    {
        var (request, word) = (journal.RequestOf(one.Key), one.Intent == "approve" ? "approved" : "rejected");
        Assert.True(request is not null, $"confirmed, and nothing waited: {one}");
        // A stored answer tells how it was when it was stored; what is in force now stands beside it.
        var isTold = one.IsReplayed ? one.Now is "observed" or "consumed" or "completed" : true;
        Assert.True(!isTold || journal.WasInForce(request!, word, one.AskedAt, one.EndedAt), $"confirmed, and it was not so: {one}");
        if (journal.InForce(request!) != word)
        {
            Counts.Overruled++;
            Assert.Contains(steps, step => Text(step, "idempotencyKey") == one.Key && Text(step, "outcome") == "contradicted");
            var last = rows.Last(row => Text(row, "idempotencyKey") == one.Key);
            Assert.Equal(("ambiguous", "contradicted"), (Text(last, "status"), Text(last, "reasonCode")));
        }
    }

    private void Count(RealOperator one)
    {
        Counts.Confirmed += one.Status == "confirmed" ? 1 : 0;
        Counts.Ambiguous += one.Status == "ambiguous" ? 1 : 0;
        Counts.Failed += one.Status is "confirmed" or "ambiguous" ? 0 : 1;
    }

    /// <summary>Every row of a file of the manager; each has to be whole.</summary>
    private List<JsonElement> Rows(string name)
    {
        var path = $"ops-manager/{LiveRepo.Loop}/{name}";
        var text = repo.Has(path) ? repo.Read(path) : "";
        Assert.True(text.Length == 0 || text[^1] == '\n', $"the last row of {name} is not whole");
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement)];
    }

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetString() : null;
}
