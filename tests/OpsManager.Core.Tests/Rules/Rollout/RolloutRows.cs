using System.Text;
using OpsManager.Contract;
using OpsManager.Core.Rules.Rollout;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Rollout;

/// <summary>What managers and the runtime write of intents. Times are seconds after <see cref="WatchedRepo.Start"/>.</summary>
internal static class RolloutRows
{
    /// <summary>Appends a row to intents.jsonl; <paramref name="more"/> are further fields, with a comma before them.</summary>
    public static WatchedRepo Intent(
        this WatchedRepo repo, string intent, double at, string key = "one", string by = "ada", string status = "confirmed",
        string more = "") => repo.Row(
        ArtifactPaths.Intents(Loop),
        $$"""{"timestamp":"{{Time(at)}}","loopId":"{{Loop}}","intent":"{{intent}}","requestedBy":"{{by}}","status":"{{status}}","""
        + $$""" "idempotencyKey":"{{key}}","exitCode":0,"confirmExitCode":0,"confirmed":true{{more}}}""");

    /// <summary>Appends a row to decisions.jsonl.</summary>
    public static WatchedRepo Decision(this WatchedRepo repo, string word, double at, string by = "ada") => repo.Row(
        ArtifactPaths.Decisions(Loop),
        $$"""{"timestamp":"{{Time(at)}}","loop_id":"{{Loop}}","run_id":"r","iteration":1,"decision":"{{word}}","by":"{{by}}"}""");

    /// <summary>Appends to control.jsonl that an intent was sent at 8 s, with what it was meant for.</summary>
    /// <param name="events">Lines that the log had then.</param>
    public static WatchedRepo Started(
        this WatchedRepo repo, string intent, int events, string key = "one", int pid = WatchedRepo.Pid, string pidLoop = Loop) =>
        repo.Row(
        ArtifactPaths.ControlRows(Loop),
        $$"""{"timestamp":"{{Time(8)}}","phase":"started","loopId":"{{Loop}}","idempotencyKey":"{{key}}","intent":"{{intent}}","""
        + $$""" "requestedBy":"ada","aim":{"runId":"{{Time(0)}}","iteration":1,"pid":{{pid}},"pidLoop":"{{pidLoop}}","at":"{{Time(8)}}","""
        + $$""" "events":{{events}},"approvalStatus":"pending","requestedAt":"{{Time(0)}}"} }""");

    /// <summary>An operator has re-armed the loop, with so many rows in intents.jsonl.</summary>
    public static WatchedRepo Rearmed(this WatchedRepo repo, double at, int rows) => repo.Put(
        ArtifactPaths.Rollout(Loop),
        $$"""{"schemaVersion":"v1","stage":"assisted","changedAt":"{{Time(at)}}","changedBy":"ada","reason":"seen","""
        + $$""" "rearm":{"at":"{{Time(at)}}","by":"ada","reason":"seen","eventLineOffset":1,"intentRows":{{rows}}} }""");

    public static WatchedRepo Row(this WatchedRepo repo, string path, string row) => repo.Append(path, Encoding.UTF8.GetBytes(row + "\n"));

    /// <summary>Further fields of an intent's row: the evidence that confirmed it.</summary>
    public static string Evidence(params string[] evidence) => $$""","confirm":{"evidence":[{{string.Join(',', evidence)}}]}""";

    /// <summary>The reason to roll the loop back, once it has lasted.</summary>
    public static Trigger? Settled(this WatchedRepo repo)
    {
        repo.Look();
        return repo.Wait(60).Look().Trigger;
    }
}
