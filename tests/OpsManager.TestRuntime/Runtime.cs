using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace OpsManager.TestRuntime;

/// <summary>The artifacts of one loop, written as the runtime writes them: small files truncated first, logs by whole lines.</summary>
/// <param name="pause">From reading what waits to the work itself.</param>
internal sealed class Runtime(string root, string loop, Journal journal, TimeSpan pause)
{
    private string Approval => Path.Combine(root, "loops", loop, "approval.json");

    /// <summary>Which request waits, or was decided and not taken up yet; null where none is there, or it is being written.</summary>
    public string? RequestedAt => (string?)Request()?["requested_at"];

    /// <summary>Records a decision; the next run acts on it.</summary>
    public int Decide(string decision, string by, string? note, bool diesHalfWay)
    {
        if (Request() is not { } approval || (string?)approval["status"] != "pending")
        {
            Console.Error.WriteLine("no pending approval");
            return 1;
        }

        Thread.Sleep(pause);
        return Record(approval, decision, by, note, diesHalfWay);
    }

    /// <summary>Whatever was decided since the request was read.</summary>
    public int DecideAnew(string decision, string by)
    {
        var read = Request();
        Thread.Sleep(pause);
        return read is null ? 1 : Record(read, decision, by, "not like this", diesHalfWay: false);
    }

    /// <summary>A run asks for an approval where none waits.</summary>
    public int Ask(string run)
    {
        using var turn = journal.TakeTurn();
        if (File.Exists(Approval))
        {
            return 1;
        }

        // The runtime's times are in seconds; here runs follow each other faster.
        var now = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var request = new JsonObject
        {
            ["status"] = "pending",
            ["loop_id"] = loop,
            ["run_id"] = run,
            ["iteration"] = 1,
            ["requested_at"] = now
        };
        File.WriteAllText(Approval, request.ToJsonString());
        journal.Note("asked", now, null);
        Event("approval_requested", run, 1, null, null);
        return 0;
    }

    /// <summary>
    /// Another operator, who read the request before anybody had decided, is last: both have tried, and this one stands.
    /// </summary>
    public void Overrule(string decision, string by) =>
        Record((JsonObject)JsonNode.Parse(File.ReadAllText(Approval))!, decision, by, "not like this", diesHalfWay: false);

    private JsonObject? Request()
    {
        try
        {
            return File.Exists(Approval) ? JsonNode.Parse(File.ReadAllText(Approval)) as JsonObject : null;
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or IOException)
        {
            // Another one is writing it.
            return null;
        }
    }

    private int Record(JsonObject approval, string decision, string by, string? note, bool diesHalfWay)
    {
        using var turn = journal.TakeTurn();
        if (journal.IsKept && RequestedAt != (string?)approval["requested_at"])
        {
            Console.Error.WriteLine("no pending approval");
            return 1;
        }

        var (run, iteration, now) = ((string?)approval["run_id"], (int?)approval["iteration"], Now());
        approval["status"] = decision;
        approval["decision"] = new JsonObject { ["status"] = decision, ["by"] = by, ["note"] = note, ["at"] = now };
        (approval["decided_at"], approval["decided_by"], approval["decided_note"]) = (now, by, note);
        File.WriteAllText(Approval, approval.ToJsonString());
        journal.Note("decided", (string?)approval["requested_at"], decision);
        if (diesHalfWay)
        {
            Console.Error.WriteLine("killed");
            return 137;
        }

        Append("decisions.jsonl", new JsonObject
        {
            ["timestamp"] = now,
            ["loop_id"] = loop,
            ["run_id"] = run,
            ["iteration"] = iteration,
            ["decision"] = decision,
            ["by"] = by,
            ["note"] = note,
        });
        Event("approval_decision", run, iteration, "human", decision);
        return 0;
    }

    /// <summary>Stops what active-run.json names and clears the repository's state; says nothing and succeeds whatever it found.</summary>
    public int Cancel(bool letsItLive)
    {
        Thread.Sleep(pause);
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
        using var turn = journal.TakeTurn();
        var approval = Request();
        if (approval is null || (string?)approval["status"] == "pending")
        {
            return 1;
        }

        journal.Note("taken_up", (string?)approval["requested_at"], (string?)approval["status"]);
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
        new JsonObject
        {
            ["timestamp"] = Now(),
            ["event"] = name,
            ["loop_id"] = loop,
            ["run_id"] = run,
            ["iteration"] = iteration,
            ["role"] = role,
            ["status"] = status,
            ["data"] = new JsonObject()
        });

    private void Append(string name, JsonObject row) => journal.Append(Path.Combine(root, "loops", loop, name), row);

    private static string Now() => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
