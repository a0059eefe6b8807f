using System.IO.Abstractions;
using OpsManager.Control.Act;
using OpsManager.Control.Storage;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Telemetry;

/// <summary>
/// Tells a collector what this manager sees and does: metrics of what it watches, and a trace of each intent. Made only where a collector
/// is configured, so that nothing is measured otherwise.
/// </summary>
public sealed class FleetTelemetry : IAsyncDisposable
{
    private readonly FleetMeter meter;
    private readonly MetricReader reader;
    private readonly OtlpExporter exporter;
    private readonly HttpClient http;

    /// <param name="http">Sends the requests; disposed with this.</param>
    /// <param name="version">Of this program.</param>
    public FleetTelemetry(TelemetrySettings settings, HttpClient http, TimeProvider time, string version)
    {
        this.http = http;
        meter = new FleetMeter(version);
        reader = new MetricReader(meter.Meter, time.GetUtcNow());
        exporter = new OtlpExporter(settings, http, time, version, () => reader.Read(time.GetUtcNow()));
        exporter.Start();
    }

    /// <summary>What could not be sent and why; null where everything was sent so far.</summary>
    public string? Fault => exporter.Fault;

    /// <summary>Takes the newest model, on the thread of the pipeline. Never waits.</summary>
    public void Take(FleetModel model)
    {
        foreach (var (loop, intent) in meter.Take(model))
        {
            Offer(loop.Repo, loop.Id, intent);
        }
    }

    /// <summary>Takes what was recorded of an intent that this program has carried out.</summary>
    /// <param name="repo">Where it was recorded.</param>
    public void TakeRecorded(IFileSystem files, string repo, string loop, string key)
    {
        if (KeyHistory.Sent(new ManagerFiles(files, repo, loop), key).Case is { FinishedAt: not null } intent)
        {
            meter.Count(repo, loop, intent);
            Offer(repo, loop, intent);
        }
    }

    /// <summary>Sends what there is once more, for half a second at most.</summary>
    public async ValueTask DisposeAsync()
    {
        await exporter.DisposeAsync().ConfigureAwait(false);
        reader.Dispose();
        meter.Dispose();
        http.Dispose();
    }

    private void Offer(string repo, string loop, ControlCase intent)
    {
        foreach (var span in ControlTrace.Spans(repo, loop, intent))
        {
            exporter.Offer(span);
        }
    }
}
