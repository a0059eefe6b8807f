using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace OpsManager.TestRuntime;

/// <summary>The artifacts of one loop, written as the runtime writes them: small files truncated first, logs by whole lines.</summary>
internal sealed class Runtime(string root, string loop)
{
    private string Approval => Path.Combine(root, "loops", loop, "approval.json");

    /// <summary>Records a decision; the next run acts on it.</summary>
    public int Decide(string decision, string by, string? note, bool diesHalfWay)
    {
        if (!File.Exists(Approval) || JsonNode.Parse(File.ReadAllText(Approval)) is not JsonObject approval || (string?)approval["status"] != "pending")
        {
            Console.Error.WriteLine("no pending approval");
            return 1;
        }

        var (run, iteration, now) = ((string?)approval["run_id"], (int?)approval["iteration"], Now());
        Append("decisions.jsonl", new JsonObject { ["timestamp"] = now, ["loop_id"] = loop, ["run_id"] = run, ["iteration"] = iteration, ["decision"] = decision, ["by"] = by, ["note"] = note });
        if (diesHalfWay)
        {
            Console.Error.WriteLine("killed");
            return 137;
        }

        approval["status"] = decision;
        approval["decision"] = new JsonObject { ["status"] = decision, ["by"] = by, ["note"] = note, ["at"] = now };
        (approval["decided_at"], approval["decided_by"], approval["decided_note"]) = (now, by, note);
        File.WriteAllText(Approval, approval.ToJsonString());
        Event("approval_decision", run, iteration, "human", decision);
        return 0;
    }

    /// <summary>Stops what active-run.json names and clears the repository's state; says nothing and succeeds whatever it found.</summary>
    public int Cancel(bool letsItLive)
    {
        var claim = Path.Combine(root, "active-run.json");
        if (!letsItLive && File.Exists(claim) && (int?)JsonNode.Parse(File.ReadAllText(claim))?["pid"] is { } pid)
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                process.Kill(entireProcessTree: true);
            }
            catch (ArgumentException)
            {
                // It is gone already.
            }
        }

        File.Delete(Path.Combine(root, "state.json"));
        File.Delete(claim);
        return 0;
    }

    /// <summary>What the next run does with a decision.</summary>
    public int TakeUp()
    {
        var approval = (JsonObject)JsonNode.Parse(File.ReadAllText(Approval))!;
        var (run, iteration) = ((string?)approval["run_id"], (int?)approval["iteration"]);
        var approved = (string?)approval["status"] == "approved";
        File.Delete(Approval);
        Event(approved ? "approval_consumed" : "approval_rejected", run, iteration, null, approved ? "approved" : "rejected");
        if (approved)
        {
            Event("loop_complete", run, iteration, null, null);
        }

        return 0;
    }

    private void Event(string name, string? run, int? iteration, string? role, string? status) => Append(
        "events.jsonl",
        new JsonObject { ["timestamp"] = Now(), ["event"] = name, ["loop_id"] = loop, ["run_id"] = run, ["iteration"] = iteration, ["role"] = role, ["status"] = status, ["data"] = new JsonObject() });

    private void Append(string name, JsonObject row) => File.AppendAllText(Path.Combine(root, "loops", loop, name), row.ToJsonString() + "\n");

    private static string Now() => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
