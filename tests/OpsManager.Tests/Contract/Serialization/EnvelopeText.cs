using System.Text;
using System.Text.Json.Nodes;

namespace OpsManager.Tests.Contract.Serialization;

/// <summary>Envelopes as a well-behaved writer sends them, to be bent by a test.</summary>
internal static class EnvelopeText
{
    public static JsonObject Snapshot() => Object("""
        {"schemaVersion":"v1","envelopeType":"loop_run_snapshot","emittedAt":"2026-11-22T19:00:00Z","traceId":null,
         "source":{"repoPath":"/srv/app","loopId":"a"},
         "run":{"runId":"r","iteration":2,"status":"running","summary":null},
         "runtime":{"superloopState":{"active":true},"activeRun":null,"approval":null,"heartbeat":null},
         "artifacts":{
          "events":{"path":".superloop/loops/a/events.jsonl","exists":true,"sizeBytes":10,"lineCount":3,"sha256":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","mtimeEpoch":1795374000},
          "runSummary":{"path":".superloop/loops/a/run-summary.json","exists":false,"sizeBytes":0,"lineCount":0,"sha256":null,"mtimeEpoch":null},
          "state":{"path":".superloop/state.json","exists":true,"sizeBytes":9,"lineCount":1,"sha256":null,"mtimeEpoch":1795374000},
          "activeRun":{"path":".superloop/active-run.json","exists":false,"sizeBytes":0,"lineCount":0,"sha256":null,"mtimeEpoch":null},
          "approval":{"path":".superloop/loops/a/approval.json","exists":false,"sizeBytes":0,"lineCount":0,"sha256":null,"mtimeEpoch":null},
          "heartbeat":{"path":".superloop/loops/a/heartbeat.v1.json","exists":false,"sizeBytes":0,"lineCount":0,"sha256":null,"mtimeEpoch":null}},
         "sequence":{"source":"cursor_event_line_offset","value":3},
         "cursor":{"eventLineOffset":3,"eventLineCount":3},
         "health":{"eventCount":3,"lastEventAt":"2026-11-22T19:00:00Z","lastEventName":"role_start","lastSummaryAt":null,"hasPendingApproval":false,"gates":null,"stuck":null}}
        """);

    public static JsonObject Event() => Object("""
        {"schemaVersion":"v1","envelopeType":"loop_run_event","emittedAt":"2026-11-22T19:00:00Z","traceId":"t",
         "source":{"repoPath":"/srv/app","loopId":"a"},
         "sequence":{"source":"cursor_event_line_offset","value":3},
         "cursor":{"eventLineOffset":3,"eventLineCount":4},
         "run":{"runId":"r","iteration":2},
         "event":{"timestamp":"2026-11-22T19:00:00Z","name":"role_end","role":"planner","status":"ok","message":null,"payload":{"x":[1,2.50]},"raw":{"event":"role_end"}}}
        """);

    public static JsonObject Cursor() => Object("""
        {"schemaVersion":"v1","repoPath":"/srv/app","loopId":"a","eventsFile":".superloop/loops/a/events.jsonl","eventLineOffset":3,"eventLineCount":4,"updatedAt":"2026-11-22T19:00:00Z"}
        """);

    public static byte[] Utf8(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    /// <summary>
    /// The object and every object below it, with the path to each; raw content that is passed through as it stands excepted.
    /// </summary>
    public static IEnumerable<(string Path, JsonObject Node)> Objects(JsonObject root, params string[] passedThrough)
    {
        yield return ("$", root);
        foreach (var (name, value) in root)
        {
            if (value is JsonObject child && !passedThrough.Contains(name))
            {
                foreach (var (path, node) in Objects(child, passedThrough))
                {
                    yield return (path.Replace("$", $"$.{name}", StringComparison.Ordinal), node);
                }
            }
        }
    }

    private static JsonObject Object(string text) => JsonNode.Parse(text)!.AsObject();
}
