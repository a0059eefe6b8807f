using System.Globalization;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Contract;
using OpsManager.Contract.Serialization;
using OpsManager.Control.Reconcile;
using OpsManager.Sources.Files;
using Xunit;

namespace OpsManager.Control.Tests.Reconcile;

/// <summary>Passes that read only what is new of a log: they say exactly what passes say that read all of it.</summary>
public sealed class KnownLogStoreTests
{
    private const string Kept = "known-log.json";

    private static readonly string Manager = ArtifactPaths.Manager(TempRepo.Loop);
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] Names =
    [
        "loop_start", "iteration_start", "role_start", "role_end", "iteration_end", "approval_requested", "approval_consumed",
        "approval_rejected", "approval_decision", "loop_complete", "loop_stop", "rate_limit_stop", "lifecycle_start", "something_else",
    ];

    private static readonly string[] Statuses = ["ok", "error", "timeout"];

    private static readonly Gen<string> Line = Gen.Select(
        Gen.Int[0, Names.Length - 1], Gen.Int[1, 3], Gen.Int[0, Statuses.Length - 1], Gen.Int[0, 40],
        static (name, iteration, status, padding) => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"timestamp":"2026-11-29T08:00:0{{iteration}}Z","event":"{{Names[name]}}","run_id":"r{{iteration}}","""
                + $$""" "iteration":{{iteration}},"status":"{{Statuses[status]}}","role":"tester","message":"{{new string('x', padding)}}"}"""));

    private static readonly Gen<string> Lines = Gen.Frequency((9, Line), (1, Gen.Const(""))).List[0, 12]
        .Select(static lines => string.Concat(lines.Select(static line => line + "\n")));

    private readonly HostFileSystem files = new();

    [Fact]
    public void However_a_log_grows_each_pass_says_what_one_says_that_reads_all_of_it() =>
        Gen.Select(Line, Lines, Lines.List[1, 4], Gen.Bool, Gen.Int[0, 3]).Sample(
            (first, more, rounds, isHalf, state) =>
            {
                using var repo = new TempRepo();
                var time = new FakeTimeProvider(Start);
                repo.Append(TempRepo.Log, first + "\n" + more);
                WriteState(repo, state);
                Age(repo);
                Pass(repo, time);
                foreach (var round in rounds)
                {
                    time.Advance(TimeSpan.FromMinutes(1));
                    repo.Append(TempRepo.Log, round + (isHalf ? "{\"event\":" : ""));
                    Age(repo, round.Length);

                    var whole = Whole(repo, time);
                    var next = Pass(repo, time);

                    Assert.Equal(whole.State, next.State);
                    Assert.Equal(whole.Cursor, next.Cursor);
                    if (isHalf)
                    {
                        repo.Cut(TempRepo.Log, new FileInfo(repo.Full(TempRepo.Log)).Length - "{\"event\":".Length);
                    }
                }
            },
            iter: 150, threads: 1);

    [Fact]
    public void A_log_that_has_not_changed_is_not_read()
    {
        using var repo = new TempRepo();
        var time = new FakeTimeProvider(Start);
        repo.Append(TempRepo.Log, string.Concat(Enumerable.Range(0, 200).Select(static _ => Event("role_start") + "\n")));
        Age(repo);
        var first = Pass(repo, time);

        // What was read already is not looked at: that it is another text now shows only to those that read all of it.
        Overwrite(repo, 9_000, "########");
        Age(repo);
        time.Advance(TimeSpan.FromMinutes(1));
        var next = Pass(repo, time);

        Assert.Equal(Sha(first.State), Sha(next.State));
        Assert.Equal(0, Ingested(next.State));
    }

    [Fact]
    public void A_log_that_was_replaced_is_refused_as_ever()
    {
        using var repo = new TempRepo();
        var time = new FakeTimeProvider(Start);
        repo.Append(TempRepo.Log, Event("loop_start") + "\n" + Event("role_start") + "\n");
        Age(repo);
        Pass(repo, time);

        Overwrite(repo, 3, "####");
        Age(repo);

        var result = Reconcile(repo, time);
        Assert.Null(result.State);
        Assert.Contains("is of another log than", result.Health.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"schemaVersion":"v2"}""")]
    public void What_was_kept_and_cannot_be_used_changes_nothing(string text)
    {
        using var repo = new TempRepo();
        var time = new FakeTimeProvider(Start);
        repo.Append(TempRepo.Log, Event("loop_start") + "\n");
        Age(repo);
        Pass(repo, time);
        var whole = Whole(repo, time);
        File.WriteAllText(repo.Full($"{Manager}/{Kept}"), text);

        Assert.Equal(whole, Pass(repo, time));
        Assert.Contains("\"lines\": 1", File.ReadAllText(repo.Full($"{Manager}/{Kept}")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_changed_a_moment_ago_is_read_again_for_its_digest()
    {
        using var repo = new TempRepo();
        var time = new FakeTimeProvider(Start);
        repo.Append(TempRepo.Log, Event("loop_start") + "\n");
        File.SetLastWriteTimeUtc(repo.Full(TempRepo.Log), Start.UtcDateTime.AddSeconds(-1));

        Pass(repo, time);

        Assert.Contains("\"sha256\": null", File.ReadAllText(repo.Full($"{Manager}/{Kept}")), StringComparison.Ordinal);
    }

    private static void WriteState(TempRepo repo, int state)
    {
        if (state > 0)
        {
            repo.Write(
                ArtifactPaths.State, state == 1 ? """{"active":false}"""
                : $$"""{"active":true,"current_loop_id":"{{TempRepo.Loop}}","iteration":{{state}},"updated_at":"2026-11-29T08:00:00Z"}""");
        }
    }

    private static string Event(string name) =>
        $$"""{"timestamp":"2026-11-29T08:00:00Z","event":"{{name}}","run_id":"2026-11-29T08:00:00Z","iteration":1}""";

    /// <summary>The log is as old as it is long, and long past.</summary>
    private static void Age(TempRepo repo, int seconds = 0) =>
        File.SetLastWriteTimeUtc(repo.Full(TempRepo.Log), Start.UtcDateTime.AddHours(-2).AddSeconds(seconds));

    private static void Overwrite(TempRepo repo, long at, string text)
    {
        using var stream = new FileStream(repo.Full(TempRepo.Log), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.Seek(at, SeekOrigin.Begin);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string Sha(string state) => JsonAt(state).GetProperty("evidence").GetProperty("artifacts").GetProperty("events")
        .GetProperty("sha256").GetString()!;

    private static long Ingested(string state) => JsonAt(state).GetProperty("evidence").GetProperty("eventsIngested").GetInt64();

    private static System.Text.Json.JsonElement JsonAt(string text) => System.Text.Json.JsonDocument.Parse(text).RootElement;

    private ReconcileResult Reconcile(TempRepo repo, FakeTimeProvider time) =>
        Reconciler.Local(files, time, repo.Root).RunAsync(
            new ReconcileRequest { Repo = repo.Root, Loop = TempRepo.Loop, TraceId = "t" }, TestContext.Current.CancellationToken)
            .GetAwaiter().GetResult();

    private (string State, string Cursor) Pass(TempRepo repo, FakeTimeProvider time)
    {
        var result = Reconcile(repo, time);
        Assert.True(result.State is not null, result.Health.Error);
        return (
            ContractJson.Write(result.State, ContractJson.Default.ManagerState),
            File.ReadAllText(repo.Full(ArtifactPaths.ManagerCursor(TempRepo.Loop))));
    }

    /// <summary>What a pass says that reads all of the log; the manager's files are as before then.</summary>
    private (string State, string Cursor) Whole(TempRepo repo, FakeTimeProvider time)
    {
        var before = Directory.GetFiles(repo.Full(Manager), "*", SearchOption.AllDirectories)
            .ToDictionary(static path => path, File.ReadAllBytes);
        File.Delete(repo.Full($"{Manager}/{Kept}"));
        var result = Pass(repo, time);
        foreach (var path in Directory.GetFiles(repo.Full(Manager), "*", SearchOption.AllDirectories))
        {
            File.Delete(path);
        }

        foreach (var (path, bytes) in before)
        {
            File.WriteAllBytes(path, bytes);
        }

        return result;
    }
}
