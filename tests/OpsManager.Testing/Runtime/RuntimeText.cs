using System.Globalization;

namespace OpsManager.Testing;

/// <summary>What the runtime writes into its files. Times are seconds after <see cref="WatchedRepo.Start"/>.</summary>
internal static class RuntimeText
{
    public const string Loop = "checkout-flow";

    public static string State(bool active, double at = 0, string loop = Loop, int iteration = 1) =>
        $$"""{"active":{{(active ? "true" : "false")}},"loop_index":0,"iteration":{{N(iteration)}},"current_loop_id":"{{loop}}","updated_at":"{{Time(at)}}"}""";

    public static string ActiveRun(int pid, double at = 0, string loop = Loop, int iteration = 1, string stage = "loop_start") =>
        $$"""{"repo":"/srv/app","pid":{{N(pid)}},"pgid":{{N(pid)}},"loop_id":"{{loop}}","iteration":{{N(iteration)}},"stage":"{{stage}}","updated_at":"{{Time(at)}}"}""";

    /// <summary>One whole line of the log, newline included. The run's id is the time of its start, as the runtime has it.</summary>
    public static string Event(
        string name, double at = 0, double run = 0, int iteration = 1, string? role = null, string? status = null, string data = "{}",
        string message = "") =>
        $$"""{"timestamp":"{{Time(at)}}","event":"{{name}}","loop_id":"{{Loop}}","run_id":"{{Time(run)}}","iteration":{{N(iteration)}},"role":{{Quoted(role)}},"status":{{Quoted(status)}},"message":"{{message}}","data":{{data}} }"""
            + "\n";

    public static string Summary(params (double Run, int Iteration, bool Complete)[] entries) =>
        $$"""{"version":1,"loop_id":"{{Loop}}","updated_at":"{{Time(0)}}","entries":[{{string.Join(',', entries.Select(Entry))}}]}""";

    public static string Approval(
        string status, double run = 0, int iteration = 1, double requested = 0, string? by = null, double? decided = null) =>
        $$"""{"status":"{{status}}","loop_id":"{{Loop}}","run_id":"{{Time(run)}}","iteration":{{N(iteration)}},"requested_at":"{{Time(requested)}}","decided_by":{{Quoted(by)}},"decided_at":{{(decided is { } at ? Quoted(Time(at)) : "null")}} }""";

    public static string Heartbeat(double at) =>
        $$"""{"schemaVersion":"v1","timestamp":"{{Time(at)}}","source":"runtime","status":"running","stage":"iteration"}""";

    public static string Time(double at) =>
        (WatchedRepo.Start + TimeSpan.FromSeconds(Math.Floor(at))).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Entry((double Run, int Iteration, bool Complete) entry) =>
        $$"""{"run_id":"{{Time(entry.Run)}}","iteration":{{N(entry.Iteration)}},"ended_at":"{{Time(entry.Run + 5)}}","gates":{"tests":"ok"},"stuck":{"streak":0,"threshold":3},"completion_ok":{{(entry.Complete ? "true" : "false")}} }""";

    private static string Quoted(string? text) => text is null ? "null" : $"\"{text}\"";

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);
}
