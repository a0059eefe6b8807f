using System.Text;
using OpsManager.Core.Compare;

namespace OpsManager.Core.Tests.Compare;

/// <summary>Runs made of the lines that a runtime writes.</summary>
internal static class RunText
{
    /// <summary>An iteration of two roles and a gate.</summary>
    public static string[] Iteration(int number, double at, double run = 0, string tests = "ok", int exit = 0) =>
    [
        RuntimeText.Event("iteration_start", at, run, number),
        RuntimeText.Event("role_start", at, run, number, "planner"),
        RuntimeText.Event("role_end", at + 5, run, number, "planner"),
        RuntimeText.Event("role_start", at + 5, run, number, "tester"),
        RuntimeText.Event("role_end", at + 20, run, number, "tester"),
        RuntimeText.Event("tests_start", at + 20, run, number),
        RuntimeText.Event("tests_end", at + 25, run, number, data: $$$"""{"status":"{{{tests}}}","details":{"exit_code":{{{exit}}}}}"""),
        RuntimeText.Event("gates_evaluated", at + 25, run, number, data: $$"""{"promise":true,"tests":"{{tests}}"}"""),
        RuntimeText.Event("iteration_end", at + 26, run, number, data: $$"""{"completion":true,"tests":"{{tests}}"}"""),
    ];

    public static IReadOnlyList<RunRecord> Runs(params IEnumerable<string> lines)
    {
        var log = new RunLog();
        long offset = 0;
        foreach (var line in lines)
        {
            var bytes = Encoding.UTF8.GetBytes(line.TrimEnd('\n'));
            log.Add(bytes, offset);
            offset += bytes.Length + 1;
        }

        return log.Build([]);
    }

    public static RunRecord Run(params IEnumerable<string> lines) => Runs(lines)[^1];

    /// <summary>An event of a child in the first wave of the planner.</summary>
    public static string Child(string name, string child, double at = 3, string status = "ok", string wave = "wave-1") =>
        RuntimeText.Event(name, at, role: "planner", data: $$"""{"wave_id":"{{wave}}","child_id":"{{child}}","status":"{{status}}"}""");

    public static string Wave(string name, double at = 2, string wave = "wave-1") =>
        RuntimeText.Event(name, at, role: "planner", data: $$"""{"wave_id":"{{wave}}"}""");
}
