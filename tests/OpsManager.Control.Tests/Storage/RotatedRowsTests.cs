using System.Text;
using OpsManager.Contract;
using OpsManager.Control.Storage;
using OpsManager.Core.Model;
using Xunit;

namespace OpsManager.Control.Tests.Storage;

/// <summary>A rotation of our own changes nothing that is concluded: no step back, no other health, no case forgotten.</summary>
public sealed class RotatedRowsTests
{
    private readonly WatchedRepo repo = new WatchedRepo().State(RuntimeText.State(true)).Events(RuntimeText.Event("loop_start"));
    private readonly List<string> intents = [];
    private readonly List<string> control = [];

    [Fact]
    public void After_a_rotation_the_same_is_open_and_nobody_steps_back()
    {
        Step("pending", "started", 7);
        for (var i = 0; i < 50; i++)
        {
            Step($"old{i}", "started", 8);
            Step($"old{i}", "finished", 8, ""","outcome":"completed","evidence":[{"source":"events","fact":"loop_complete"}]""");
            Intent($"old{i}", 8, "executed_unconfirmed");
        }

        Step("unreviewed", "started", 9);
        Step("unreviewed", "finished", 9, ""","outcome":"contradicted","why":"bob","evidence":[]""");
        Step("one", "started", 10);
        // Only what the case was meant for bears this row out.
        repo.Approval(RuntimeText.Approval("approved", by: "ada"));
        Decision("rejected", "bob", 1);
        Step("one", "finished", 11, ""","outcome":"observed","evidence":[{"source":"approval","fact":"approved"}]""");
        Intent("one", 12, "confirmed");
        Intent("newest", 13, "ambiguous");
        PutAll(intents, control);
        repo.Wait(3600);
        var before = Settled();

        Rotate();
        var after = Settled();

        Assert.Equal(2, after.Intents.Count);
        Assert.Null(before.Trigger);
        Assert.Null(after.Trigger);
        Assert.Empty(after.Audit.Suspects);
        Assert.Equal(
            (before.Health.Status, string.Join(' ', before.Health.Codes)), (after.Health.Status, string.Join(' ', after.Health.Codes)));
        Assert.Equal(before.Cases.Pending.Select(static known => known.Key), after.Cases.Pending.Select(static known => known.Key));
        Assert.Equal(before.Cases.Unreviewed.Select(static known => known.Key), after.Cases.Unreviewed.Select(static known => known.Key));
        Assert.Equal(
            before.Verdict.Findings.Select(static finding => finding.Code), after.Verdict.Findings.Select(static finding => finding.Code));
        Assert.Equal(["pending", "unreviewed", "one"], after.Cases.All.Select(static known => known.Key));
    }

    [Fact]
    public void Rows_that_were_accepted_at_the_arming_stay_accepted_and_new_ones_are_not()
    {
        Decision("rejected", "bob", 1);
        Intent("one", 10, "confirmed");
        Intent("two", 11, "confirmed");
        Intent("three", 12, "confirmed");
        PutAll(intents, control);
        Assert.NotNull(Settled().Trigger);
        var armed =
            $$"""{"at":"{{RuntimeText.Time(100)}}","by":"ada","reason":"seen","incident":"i","eventLineOffset":1,"intentRows":3}""";
        repo.Put(
            ArtifactPaths.Rollout(RuntimeText.Loop),
            $$"""{"schemaVersion":"v1","stage":"assisted","changedAt":"{{RuntimeText.Time(100)}}","changedBy":"ada","reason":"seen","rearm":{{armed}}}""");
        Assert.Null(Settled().Trigger);

        PutAll([intents[^1]], control);
        Assert.Null(Settled().Trigger);

        // Its number is that of a row that was accepted.
        Intent("four", 1000, "confirmed");
        repo.Wait(2000);
        PutAll(intents[2..], control);
        Assert.Contains("in row 2", Settled().Trigger?.Why, StringComparison.Ordinal);
    }

    private void Rotate()
    {
        var left = CarriedRows.OfIntents(Bytes(intents), 300);
        PutAll(Texts(left), Texts(CarriedRows.OfControl(Bytes(control), CarriedRows.KeysOf(left))));
    }

    private LoopModel Settled()
    {
        repo.Look();
        return repo.Wait(60).Look();
    }

    private void PutAll(IReadOnlyList<string> rows, IReadOnlyList<string> steps)
    {
        repo.Put(ArtifactPaths.Intents(RuntimeText.Loop), string.Concat(rows.Select(static row => row + "\n")));
        repo.Put(ArtifactPaths.ControlRows(RuntimeText.Loop), string.Concat(steps.Select(static row => row + "\n")));
    }

    private static ReadOnlyMemory<byte>[] Bytes(IEnumerable<string> rows) =>
        [.. rows.Select(static row => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(row))];

    private static string[] Texts(IEnumerable<ReadOnlyMemory<byte>> rows) =>
        [.. rows.Select(static row => Encoding.UTF8.GetString(row.Span))];

    private void Step(string key, string phase, double at, string more = "") => control.Add(
        $$"""{"timestamp":"{{RuntimeText.Time(at)}}","phase":"{{phase}}","idempotencyKey":"{{key}}","intent":"approve","requestedBy":"ada","""
        + $$""" "aim":{"runId":"{{RuntimeText.Time(0)}}","iteration":1,"at":"{{RuntimeText.Time(8)}}","events":1,"approvalStatus":"pending","requestedAt":"{{RuntimeText.Time(0)}}"}{{more}} }""");

    private void Intent(string key, double at, string status) => intents.Add(
        $$"""{"timestamp":"{{RuntimeText.Time(at)}}","intent":"approve","requestedBy":"ada","status":"{{status}}","idempotencyKey":"{{key}}","exitCode":0}""");

    private void Decision(string word, string by, double at) => repo.Append(
        ArtifactPaths.Decisions(RuntimeText.Loop),
        Encoding.UTF8.GetBytes(
            $$"""{"timestamp":"{{RuntimeText.Time(at)}}","run_id":"r","iteration":1,"decision":"{{word}}","by":"{{by}}"}""" + "\n"));
}
