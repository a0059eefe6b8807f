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

        return Record(approval, decision, by, note, diesHalfWay);
    }

    /// <summary>Another operator, who read the request before anybody had decided, is last: both have tried, and this one stands.</summary>
    public void Overrule(string decision, string by) =>
        Record((JsonObject)JsonNode.Parse(File.ReadAllText(Approval))!, decision, by, "not like this", diesHalfWay: false);

    private int Record(JsonObject approval, string decision, string by, string? note, bool diesHalfWay)
    {
        var (run, iteration, now) = ((string?)approval["run_id"], (int?)approval["iteration"], Now());
        approval["status"] = decision;
        approval["decision"] = new JsonObject { ["status"] = decision, ["by"] = by, ["note"] = note, ["at"] = now };
        (approval["decided_at"], approval["decided_by"], approval["decided_note"]) = (now, by, note);
        File.WriteAllText(Approval, approval.ToJsonString());
        if (diesHalfWay)
        {
            Console.Error.WriteLine("killed");
            return 137;
        }

        Append("decisions.jsonl", new JsonObject
        {
            ["timestamp"] = now, ["loop_id"] = loop, ["run_id"] = run, ["iteration"] = iteration,
            ["decision"] = decision, ["by"] = by, ["note"] = note,
        });
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
        if (approved)
        {
            Event("approval_consumed", run, iteration, null, "approved");
            Event("loop_complete", run, iteration, null, null);
        }
        else
        {
            // It stands under the id of the run that goes on, not of the one that was rejected.
            Event("loop_start", Now() + "-next", 1, null, null);
            Event("approval_rejected", Now() + "-next", 1, null, "rejected");
        }

        File.Delete(Approval);

        return 0;
    }

    private void Event(string name, string? run, int? iteration, string? role, string? status) => Append(
        "events.jsonl",
        new JsonObject { ["timestamp"] = Now(), ["event"] = name, ["loop_id"] = loop, ["run_id"] = run, ["iteration"] = iteration, ["role"] = role, ["status"] = status, ["data"] = new JsonObject() });

    private void Append(string name, JsonObject row) => File.AppendAllText(Path.Combine(root, "loops", loop, name), row.ToJsonString() + "\n");

    private static string Now() => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
