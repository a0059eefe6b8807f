using System.Globalization;
using System.Text.Json.Nodes;

namespace OpsManager.TestRuntime;

/// <summary>
/// One run of a loop, step by step as the runtime writes it: it claims the repository, takes up a decision, iterates, and ends as it is
/// told to. Between the steps it pauses, so that whoever watches sees each of them.
/// </summary>
/// <param name="end">complete, approval, idle, or wait: then it works until it is stopped.</param>
internal sealed class LiveRun(string root, string loop, string end, TimeSpan pause)
{
    private readonly string folder = Path.Combine(root, "loops", loop);
    private readonly string repo = Path.GetDirectoryName(Path.GetFullPath(root))!;
    private readonly string run = Now();

    public int Work()
    {
        Claim("run_start");
        Step();
        Claim("loop_start");
        Step();
        Directory.CreateDirectory(folder);
        Event("loop_start", run, data: new JsonObject { ["max_iterations"] = 3 });
        var decided = File.Exists(Approval) ? JsonNode.Parse(File.ReadAllText(Approval)) as JsonObject : null;
        if ((string?)decided?["status"] == "approved")
        {
            Consume(decided!);
            return End();
        }

        if ((string?)decided?["status"] == "rejected")
        {
            Event("approval_rejected", run, status: "rejected");
            File.Delete(Approval);
        }

        Step();
        State(active: true);
        Iterate();
        switch (end)
        {
            case "wait":
                Event("iteration_start", run, iteration: 2);
                Event("role_start", run, iteration: 2, role: "implementer");
                Thread.Sleep(Timeout.Infinite);
                break;
            case "approval":
                Ask();
                Step();
                Event("approval_requested", run);
                break;
            case "complete":
                Event("loop_complete", run);
                break;
        }

        return End();
    }

    private string Approval => Path.Combine(folder, "approval.json");

    private void Ask() => Put(
        Approval,
        new JsonObject { ["status"] = "pending", ["loop_id"] = loop, ["run_id"] = run, ["iteration"] = 1, ["requested_at"] = Now() });

    private void Consume(JsonObject decided)
    {
        var approved = (string?)decided["run_id"] ?? run;
        Event("approval_consumed", approved, status: "approved");
        Step();
        Summary(approved, complete: true);
        Step();
        Event("loop_complete", approved);
        File.Delete(Approval);
    }

    private void Iterate()
    {
        Event("iteration_start", run);
        foreach (var role in (string[])["planner", "implementer"])
        {
            Event("role_start", run, role: role);
            Step();
            Event("role_end", run, role: role);
        }

        Event("tests_start", run);
        Event("tests_end", run, status: "ok");
        Event("gates_evaluated", run);
        Event("iteration_end", run);
        Step();
        Summary(run, complete: end == "complete");
        Step();
    }

    /// <summary>What the shell does at its exit.</summary>
    private int End()
    {
        Step();
        State(active: false);
        Step();
        File.Delete(Path.Combine(root, "active-run.json"));
        return 0;
    }

    private void Claim(string stage) => Put(
        Path.Combine(root, "active-run.json"),
        new JsonObject
        {
            ["repo"] = repo,
            ["pid"] = Environment.ProcessId,
            ["pgid"] = Group(),
            ["loop_id"] = loop,
            ["iteration"] = 1,
            ["stage"] = stage,
            ["updated_at"] = Now(),
        });

    private void State(bool active) => Put(
        Path.Combine(root, "state.json"),
        new JsonObject { ["active"] = active, ["loop_index"] = 0, ["iteration"] = 1, ["current_loop_id"] = loop, ["updated_at"] = Now() });

    private void Summary(string of, bool complete)
    {
        var path = Path.Combine(folder, "run-summary.json");
        var before = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path))?["entries"] as JsonArray : null;
        var entries = (JsonArray?)before?.DeepClone() ?? [];
        entries.Add(new JsonObject { ["run_id"] = of, ["iteration"] = 1, ["ended_at"] = Now(), ["completion_ok"] = complete });
        var summary = new JsonObject { ["version"] = 1, ["loop_id"] = loop, ["updated_at"] = Now(), ["entries"] = entries };
        File.WriteAllText(path + ".new", summary.ToJsonString());
        File.Move(path + ".new", path, overwrite: true);
    }

    private void Event(string name, string of, int iteration = 1, string? role = null, string? status = null, JsonObject? data = null)
    {
        var row = new JsonObject
        {
            ["timestamp"] = Now(),
            ["event"] = name,
            ["loop_id"] = loop,
            ["run_id"] = of,
            ["iteration"] = iteration,
            ["role"] = role,
            ["status"] = status,
            ["data"] = data ?? [],
        };
        File.AppendAllText(Path.Combine(folder, "events.jsonl"), row.ToJsonString() + "\n");
    }

    /// <summary>In place: it is empty for a moment.</summary>
    private static void Put(string path, JsonObject value)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, value.ToJsonString());
    }

    private void Step() => Thread.Sleep(pause);

    /// <summary>The process group, from /proc/self/stat: the second field behind the name is the parent, the third the group.</summary>
    private static int Group()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[2], CultureInfo.InvariantCulture);
    }

    private static string Now() => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
