using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace OpsManager.Testing;

/// <summary>
/// A repository in which a run is at work: real files, written as the runtime writes them, and a real process that claims them.
/// </summary>
public sealed class LiveRepo : IDisposable
{
    public const string Loop = "checkout-flow";

    private readonly Process run;
    private readonly string runId = Now();

    public LiveRepo()
    {
        run = RunProcess.Start();
        Directory.CreateDirectory(Path.Combine(Root, ".superloop", "loops", Loop));
        var pid = run.Id.ToString(CultureInfo.InvariantCulture);
        Put(
            "active-run.json",
            $$"""{"repo":"{{Root}}","pid":{{pid}},"pgid":{{pid}},"loop_id":"{{Loop}}","iteration":1,"stage":"loop_start","updated_at":"{{Now()}}"}""");
        Append("loop_start", data: """{"max_iterations":3}""");
        Put("state.json", $$"""{"active":true,"loop_index":0,"iteration":1,"current_loop_id":"{{Loop}}","updated_at":"{{Now()}}"}""");
        Append("iteration_start");
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("ops-manager-live-").FullName;

    public string Log => Path.Combine(Root, ".superloop", "loops", Loop, "events.jsonl");

    /// <summary>One event, whole line in one write.</summary>
    public void Append(string name, string? role = null, string data = "{}") => AppendText(
        $$"""{"timestamp":"{{Now()}}","event":"{{name}}","loop_id":"{{Loop}}","run_id":"{{runId}}","iteration":1{{(role is null ? "" : $",\"role\":\"{role}\"")}},"data":{{data}} }"""
            + "\n");

    public void AppendText(string text)
    {
        using var stream = new FileStream(Log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The log is cut to so many lines, in place.</summary>
    public void CutLog(int lines)
    {
        var kept = File.ReadLines(Log).Take(lines).Sum(static line => Encoding.UTF8.GetByteCount(line) + 1);

        // In one step: a file that is emptied and written anew can be seen empty in between.
        using var stream = new FileStream(Log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.SetLength(kept);
    }

    /// <summary>Another log stands in the place of the log.</summary>
    public void ReplaceLog(string text)
    {
        File.WriteAllText(Log + ".new", text);
        File.Move(Log + ".new", Log, overwrite: true);
    }

    public void PutState(bool active, int iteration) =>
        Put(
            "state.json",
            $$"""{"active":{{(active ? "true" : "false")}},"loop_index":0,"iteration":{{iteration.ToString(CultureInfo.InvariantCulture)}},"current_loop_id":"{{Loop}}","updated_at":"{{Now()}}"}""");

    /// <summary>Another loop of the repository, which has completed.</summary>
    public void AddLoop(string id)
    {
        Directory.CreateDirectory(Path.Combine(Root, ".superloop", "loops", id));
        File.WriteAllText(Path.Combine(Root, ".superloop", "loops", id, "events.jsonl"), $$"""
            {"timestamp":"{{Now()}}","event":"loop_start","loop_id":"{{id}}","run_id":"{{runId}}","iteration":1,"data":{} }
            {"timestamp":"{{Now()}}","event":"loop_complete","loop_id":"{{id}}","run_id":"{{runId}}","iteration":1,"data":{} }

            """);
    }

    /// <summary>Appends a row to a file of the manager, as another manager would.</summary>
    public void AppendRow(string path, string row)
    {
        var full = Path.Combine(Root, ".superloop", "ops-manager", Loop, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.AppendAllText(full, row + "\n");
    }

    /// <summary>Names of what stands in a directory under .superloop; empty where it is not there.</summary>
    public IReadOnlyList<string> List(string path) =>
        Directory.Exists(Path.Combine(Root, ".superloop", path))
            ? [.. Directory.EnumerateFileSystemEntries(Path.Combine(Root, ".superloop", path))
                .Select(Path.GetFileName)
                .OfType<string>()
                .Order(StringComparer.Ordinal)]
            : [];

    public string RunId => runId;

    public int Pid => run.Id;

    public bool IsAlive => !run.HasExited;

    public string Read(string path) => File.ReadAllText(Path.Combine(Root, ".superloop", path));

    public bool Has(string path) => File.Exists(Path.Combine(Root, ".superloop", path));

    /// <param name="run">Null for the run at work.</param>
    public void AskApproval(string? run = null) => PutInLoop(
        "approval.json",
        $$"""{"status":"pending","loop_id":"{{Loop}}","run_id":"{{run ?? runId}}","iteration":1,"requested_at":"{{Now()}}"}""");

    /// <summary>Somebody decides what was asked; where somebody has before, the last stands.</summary>
    public void DecideApproval(string decision, string by)
    {
        var file = $"loops/{Loop}/approval.json";
        var asked = Has(file) ? JsonNode.Parse(Read(file))!["requested_at"]!.ToString() : Now();
        var of = $"\"loop_id\":\"{Loop}\",\"run_id\":\"{runId}\",\"iteration\":1";
        File.AppendAllText(
            Path.Combine(Root, ".superloop", "loops", Loop, "decisions.jsonl"),
            $$"""{"timestamp":"{{Now()}}",{{of}},"decision":"{{decision}}","by":"{{by}}"}""" + "\n");
        var decided = $"\"decided_by\":\"{by}\",\"decided_at\":\"{Now()}\"";
        PutInLoop("approval.json", $$"""{"status":"{{decision}}",{{of}},"requested_at":"{{asked}}",{{decided}}}""");
    }

    public void Remove(string path) => File.Delete(Path.Combine(Root, ".superloop", path));

    /// <summary>The run dies as by SIGKILL: nothing is written any more.</summary>
    public void Kill()
    {
        run.Kill();
        run.WaitForExit();
    }

    public void Dispose()
    {
        if (!run.HasExited)
        {
            Kill();
        }

        run.Dispose();
        for (var tries = 0; Directory.Exists(Root); tries++)
        {
            try
            {
                Directory.Delete(Root, recursive: true);
            }
            catch (IOException) when (tries < 200)
            {
                // A program that is ending writes its last row.
                TestContext.Current.CancellationToken.WaitHandle.WaitOne(20);
            }
        }
    }

    /// <summary>In place, truncate first: readers may see the file empty.</summary>
    private void Put(string name, string text) => File.WriteAllText(Path.Combine(Root, ".superloop", name), text);

    public void PutInLoop(string name, string text) => Put(Path.Combine("loops", Loop, name), text);

    private static string Now() => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
