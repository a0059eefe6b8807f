using OpsManager.Contract.Artifacts;

namespace OpsManager.Tests.Contract.Artifacts;

/// <summary>The five parsers behind one face: what a parse said, without the value's type.</summary>
internal static class ArtifactParser
{
    public static readonly IReadOnlyDictionary<string, Func<byte[], (object? Value, string? Fault, bool MayBeTorn)>> All =
        new Dictionary<string, Func<byte[], (object? Value, string? Fault, bool MayBeTorn)>>
        {
            ["state"] = static bytes => Face(RuntimeState.Parse(bytes)),
            ["active_run"] = static bytes => Face(ActiveRun.Parse(bytes)),
            ["approval"] = static bytes => Face(Approval.Parse(bytes)),
            ["summary"] = static bytes => Face(RunSummary.Parse(bytes)),
            ["heartbeat"] = static bytes => Face(Heartbeat.Parse(bytes)),
        };

    /// <summary>A good file of each kind, with every field that is read.</summary>
    public static readonly IReadOnlyDictionary<string, string> Good = new Dictionary<string, string>
    {
        ["state"] = """{"active":true,"loop_index":0,"iteration":3,"current_loop_id":"a","updated_at":"2026-11-22T19:00:00Z"}""",
        ["active_run"] =
            """{"repo":"/srv/app","pid":77,"pgid":78,"loop_id":"a","iteration":3,"stage":"loop_start","updated_at":"2026-11-22T19:00:00Z"}""",
        ["approval"] =
            """{"status":"approved","loop_id":"a","run_id":"r","iteration":2,"requested_at":"2026-11-22T19:00:00Z","decision":{"status":"approved","by":"ada","note":"fine","at":"2026-11-22T19:05:00Z"}}""",
        ["summary"] =
            """{"version":1,"loop_id":"a","updated_at":"2026-11-22T19:00:00Z","entries":[{"run_id":"r","iteration":1,"completion_ok":false},{"run_id":"r","iteration":2,"ended_at":"2026-11-22T19:00:00Z","gates":{"tests":"ok"},"stuck":{"streak":0,"threshold":3},"completion_ok":true}]}""",
        ["heartbeat"] =
            """{"schemaVersion":"v1","timestamp":"2026-11-22T19:00:00Z","source":"runtime","status":"running","stage":"iteration"}""",
    };

    private static (object?, string?, bool) Face<T>(ArtifactParse<T> parse)
        where T : class => (parse.Value, parse.Fault, parse.MayBeTorn);
}
