using System.IO.Abstractions;
using OpsManager.Control.Act;
using OpsManager.Control.Storage;
using OpsManager.Core.Model;

namespace OpsManager.Control.Telemetry;

/// <summary>Writes what this manager sees and does into a log file: the same facts that <see cref="FleetTelemetry"/> sends.</summary>
/// <param name="path">Of the file.</param>
public sealed class FleetLog(IFileSystem files, string path, TimeProvider time) : IDisposable
{
    private readonly LogFile file = new(files, path);
    private FleetModel before = FleetModel.Empty;

    /// <summary>What could not be written and why; null where everything was.</summary>
    public string? Fault => file.Fault;

    /// <summary>Takes the newest model, on the thread of the pipeline. Never waits.</summary>
    public void Take(FleetModel model)
    {
        foreach (var entry in LogEntries.Between(before, model))
        {
            file.Add(entry);
        }

        before = model;
    }

    /// <summary>Takes what was recorded of an intent that this program has carried out.</summary>
    /// <param name="repo">Where it was recorded.</param>
    public void TakeRecorded(string repo, string loop, string key)
    {
        if (KeyHistory.Sent(new ManagerFiles(files, repo, loop), key).Case is { } intent)
        {
            foreach (var entry in LogEntries.Steps(repo, loop, null, intent))
            {
                file.Add(entry);
            }
        }
    }

    /// <summary>Something of the program itself.</summary>
    public void Add(string level, string name, params IReadOnlyList<(string Name, string? Value)> fields) =>
        file.Add(new LogEntry(time.GetUtcNow(), level, name, null, null, fields));

    public void Dispose() => file.Dispose();
}
