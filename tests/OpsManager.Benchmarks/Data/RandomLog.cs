using System.Globalization;
using System.Text;

namespace OpsManager.Benchmarks.Data;

/// <summary>Lines as the runtime writes them, of about 270 bytes; the same ones for the same seed.</summary>
public sealed class RandomLog(int seed = 1)
{
    private static readonly string[] Roles = ["planner", "implementer", "tester", "reviewer"];

    private static readonly string[] Gates = ["tests", "validation", "prerequisites", "checklists", "evidence", "lifecycle"];

#pragma warning disable CA5394 // A seeded generator, so that every run measures the same.
    private readonly Random random = new(seed);
    private DateTimeOffset now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private string run = "";
    private int iteration;
    private int step;

    /// <summary>The next line, newline included.</summary>
    public string Next()
    {
        now = now.AddSeconds(random.Next(0, 4));
        var at = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        if (step == 0)
        {
            (run, iteration) = (iteration % 40 == 0 ? at : run, iteration % 40 == 0 ? 1 : iteration + 1);
        }

        var text = Event(step, at);
        step = (step + 1) % 24;
        return text;
    }

    /// <summary>Some lines as the file holds them.</summary>
    public byte[] Bytes(int lines)
    {
        using var stream = new MemoryStream();
        Write(stream, lines);
        return stream.ToArray();
    }

    public void Write(Stream stream, int lines)
    {
        for (var line = 0; line < lines; line++)
        {
            stream.Write(Encoding.UTF8.GetBytes(Next()));
        }
    }

    private string Event(int at, string time) => at switch
    {
        0 when iteration == 1 =>
            Line(
                time, "loop_start", null, null,
                """{"spec_file":".superloop/specs/test.md","max_iterations":40,"tests_mode":"on_promise","test_commands":["npm test","npm run lint"],"checklists":[],"delegation":{"enabled":false,"max_children":1},"git":{"commit_strategy":"never"}}"""),
        0 => Line(time, "iteration_start", null, null, $$"""{"started_at":"{{time}}"}"""),
        < 9 when at % 2 == 1 =>
            Line(
                time, "role_start", Roles[at / 2], null,
                $$"""{"prompt_file":"/srv/app/.superloop/loops/checkout-flow/prompts/{{Roles[at / 2]}}.md","log_file":"/srv/app/.superloop/loops/checkout-flow/logs/iter-{{iteration}}/{{Roles[at / 2]}}.log"}"""),
        < 9 =>
            Line(
                time, "role_end", Roles[(at / 2) - 1], random.Next(60) == 0 ? "error" : "ok",
                $$"""{"log_file":"/srv/app/.superloop/loops/checkout-flow/logs/iter-{{iteration}}/{{Roles[(at / 2) - 1]}}.log","duration_seconds":{{random.Next(5, 900)}},"cost_usd":0.{{random.Next(1000, 9999)}},"note":"says \"done\"; \u2026 {{random.Next()}}"}"""),
        < 21 when at % 2 == 1 =>
            Line(
                time, Gates[(at - 9) / 2] + "_start", null, null,
                $$"""{"mode":"on_promise","enabled":{{(random.Next(2) == 0 ? "true" : "false")}},"results_file":"/srv/app/.superloop/loops/checkout-flow/{{Gates[(at - 9) / 2]}}-status.json"}"""),
        < 21 =>
            Line(
                time, Gates[(at - 10) / 2] + "_end", null, random.Next(30) == 0 ? "failed" : "ok",
                $$"""{"status":"ok","results":{"total":{{random.Next(400)}},"failed":0,"files":["a.test.ts","b.test.ts"]},"results_file":"/srv/app/.superloop/loops/checkout-flow/results.json"}"""),
        21 =>
            Line(
                time, "usage_recorded", "reviewer", null,
                $$"""{"input_tokens":{{random.Next(90_000)}},"output_tokens":{{random.Next(9000)}},"cached":null,"model":"large","ratio":-1.5e-3}"""),
        22 =>
            Line(
                time, "gates_evaluated", null, null,
                $$"""{"promise":false,"tests":"ok","validation":"skipped","prerequisites":"skipped","checklists":"remaining","evidence":"skipped","stuck":{{random.Next(3)}}}"""),
        _ => Line(
            time, "iteration_end", null, null,
            $$"""{"started_at":"{{time}}","ended_at":"{{time}}","promise":"","files_changed":{{random.Next(40)}}}"""),
    };

    private string Line(string time, string name, string? role, string? status, string data) =>
        $$"""{"timestamp":"{{time}}","event":"{{name}}","loop_id":"checkout-flow","run_id":"{{run}}","iteration":{{iteration}}{{(role is null ? "" : $",\"role\":\"{role}\"")}}{{(status is null ? "" : $",\"status\":\"{status}\"")}},"data":{{data}}}"""
            + "\n";
#pragma warning restore CA5394
}
