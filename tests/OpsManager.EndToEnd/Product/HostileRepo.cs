using System.Diagnostics;
using System.Globalization;
using System.Text;
using OpsManager.EndToEnd.Wire;

namespace OpsManager.EndToEnd.Product;

/// <summary>
/// A repository whose agents wrote <see cref="HostileText"/> wherever a file, or a file's name, lets them. What stands where begins
/// with a mark: "role", "note" and so on.
/// </summary>
internal sealed class HostileRepo : IDisposable
{
    public const string Loop = "main";

    private readonly Process run = RunProcess.Start();
    private readonly string parent = Directory.CreateTempSubdirectory("ops-manager-hostile-").FullName;

    // One time for all rows: a row that is a second older than the run is of an earlier one.
    private readonly string started = Now();


    /// <param name="claims">The loop that the living process says it runs: any text, a directory or not.</param>
    public HostileRepo(string claims)
    {
        Root = Path.Combine(parent, "app\e]0;owned\a\u202E\u009B2J👩\u200D👧");
        Directory.CreateDirectory(Path.Combine(LoopRoot, "logs", "iter-1"));
        Directory.CreateDirectory(Path.Combine(Root, ".superloop", "ops-manager", Loop));
        foreach (var (sample, i) in Fitting())
        {
            // Names with control characters are none of a loop's; they must do no harm either.
            Directory.CreateDirectory(Path.Combine(Root, ".superloop", "loops", $"{HostileText.Name("loop", i)}{sample}"));
            File.WriteAllBytes(
                Path.Combine(LoopRoot, "logs", "iter-1", $"{HostileText.Name("file", i)}{sample}.log"), HostileText.Page("text"));
        }

        Write("state.json", $$"""{"active":true,"loop_index":0,"iteration":1,"current_loop_id":"{{Loop}}","updated_at":"{{started}}"}""");
        var pid = run.Id.ToString(CultureInfo.InvariantCulture);
        Write(
            "active-run.json",
            $$"""{"repo":"x","pid":{{pid}},"pgid":{{pid}},"loop_id":"{{HostileText.Json(claims)}}","iteration":1,"stage":"stage{{HostileText.Json(HostileText.Samples[0])}}","updated_at":"{{Now()}}"}""");
        Write($"loops/{Loop}/run-summary.json", Summary());
        Write($"loops/{Loop}/approval.json", Approval());
        WriteLines(
            $"loops/{Loop}/decisions.jsonl",
            (text, i) =>
                $$"""{"timestamp":"{{started}}","decision":"{{text("word")}}","by":"{{text("by")}}","run_id":"{{text("run")}}","note":"{{text("note")}}"}""");
        WriteLines(
            $"loops/{Loop}/usage.jsonl",
            (text, i) =>
                $$"""{"timestamp":"{{started}}","iteration":{{i}},"role":"{{text("role")}}","duration_ms":1000,"runner":"{{text("runner")}}","usage":{"input_tokens":1} }""");
        WriteLines(
            $"ops-manager/{Loop}/intents.jsonl",
            (text, i) =>
                $$"""{"timestamp":"{{started}}","intent":"{{text("intent")}}","status":"{{text("status")}}","requestedBy":"{{text("by")}}","note":"{{text("note")}}"}""");
        WriteEvents();
    }

    public string Root { get; }

    private string LoopRoot => Path.Combine(Root, ".superloop", "loops", Loop);

    public void Dispose()
    {
        run.Kill();
        run.WaitForExit();
        run.Dispose();
        Directory.Delete(parent, recursive: true);
    }

    private static IEnumerable<(string Sample, int Index)> Fitting() =>
        HostileText.Samples.Index()
            .Where(static sample => HostileText.FitsFileName(sample.Item))
            .Select(static sample => (sample.Item, sample.Index));

    private void WriteEvents()
    {
        using var log = new MemoryStream();
        void Line(string name, string role, string data) => log.Write(Encoding.UTF8.GetBytes(
            $$"""{"timestamp":"{{started}}","event":"{{name}}","loop_id":"{{Loop}}","run_id":"{{started}}","iteration":1,"role":"{{role}}","status":"{{role}}","data":{"{{role}}":"{{data}}"} }"""
                + "\n"));
        Line("loop_start", "", "");
        Line("iteration_start", "", "");
        foreach (var (i, sample) in HostileText.Samples.Index())
        {
            var role = HostileText.Json(HostileText.Name("role", i) + sample);
            Line("role_start", role, "");
            Line("role_end", role, "");
            Line(HostileText.Json(HostileText.Name("event", i) + sample), role, HostileText.Json(HostileText.Name("data", i) + sample));
        }

        // No events, each on a line of its own; and one that is no UTF-8.
        log.Write(HostileText.Page("line"));
        Line("tests_start", "", "");
        Line("last_event", "", "");
        Line("role_start", HostileText.Json("work" + HostileText.Samples[0]), "");
        File.WriteAllBytes(Path.Combine(LoopRoot, "events.jsonl"), log.ToArray());
    }

    private string Summary()
    {
        var gates = string.Join(
            ',',
            HostileText.Samples.Select(
                static (sample, i) => $"\"{HostileText.Json(HostileText.Name("gate", i) + sample)}\":"
                    + $"\"{HostileText.Json(HostileText.Name("result", i) + sample)}\""));
        var all = HostileText.Json(string.Concat(HostileText.Samples));
        return $$"""{"updated_at":"{{started}}","entries":[{"run_id":"{{all}}","iteration":1,"gates":{ {{gates}} },"promise":{"matched":false,"expected":"{{all}}","text":"{{all}}"},"tests_mode":"{{all}}","ended_at":"{{started}}"}]}""";
    }

    private static string Approval()
    {
        var all = HostileText.Json(string.Concat(HostileText.Samples));
        var files = string.Join(',', HostileText.Samples.Select(
            static (sample, i) => $"\"{HostileText.Json(HostileText.Name("path", i) + sample)}\":\"{HostileText.Json(sample)}\""));
        return $$"""{"status":"rejected","run_id":"{{all}}","iteration":1,"decided_by":"{{all}}","decided_note":"{{all}}","candidate":{"promise":{"matched":true,"text":"{{all}}"},"gates":{"{{all}}":"{{all}}"} },"files":{ {{files}} } }""";
    }

    private void Write(string path, string text) =>
        File.WriteAllText(Path.Combine(Root, ".superloop", path), text, new UTF8Encoding(false));

    private void WriteLines(string path, Func<Func<string, string>, int, string> line) => Write(
        path, string.Concat(
            HostileText.Samples.Select((sample, i) => line(mark => HostileText.Json(HostileText.Name(mark, i) + sample), i) + "\n")));

    private static string Now() => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
