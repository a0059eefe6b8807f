using System.Diagnostics.Metrics;
using OpsManager.Contract;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;
using OpsManager.Core.Rules.Health;

namespace OpsManager.Control.Telemetry;

/// <summary>
/// What is measured, from one model to the next (docs/telemetry.md). Takes models on one thread; may be read on another.
/// </summary>
internal sealed class FleetMeter : IDisposable
{
    public const string Name = "ops-manager";

    internal const string Repository = "superloop.repository";
    internal const string Loop = "superloop.loop";
    internal const string Intent = "ops_manager.intent";
    internal const string Outcome = "ops_manager.outcome";

    private const string Lifecycle = "ops_manager.lifecycle";
    private const string Code = "ops_manager.alert";

    private readonly Counter<long> polls;
    private readonly Counter<long> transitions;
    private readonly Counter<long> alerts;
    private readonly Histogram<double> control;
    private volatile FleetModel model = FleetModel.Empty;

    public FleetMeter(string version)
    {
        Meter = new Meter(Name, version);
        polls = Meter.CreateCounter<long>("ops_manager.polls", "{poll}", "Looks at sources that brought something, or a tick of time.");
        transitions = Meter.CreateCounter<long>("ops_manager.loop.transitions", "{transition}", "Changes of a loop's lifecycle.");
        alerts = Meter.CreateCounter<long>("ops_manager.alerts.raised", "{alert}", "Alerts that were not there before.");
        control = Meter.CreateHistogram<double>("ops_manager.control.duration", "s", "From the start of an intent to its outcome.");
        Meter.CreateObservableGauge("ops_manager.loops", Loops, "{loop}", "Loops, by lifecycle.");
        Meter.CreateObservableGauge("ops_manager.alerts", Alerts, "{alert}", "Alerts now, by their code.");
        Meter.CreateObservableGauge("ops_manager.ingest.lag", Lag, "s", "Age of the newest event of a loop that is running.");
    }

    public Meter Meter { get; }

    /// <summary>Counts what is different from the model before. A loop that was not known before has not changed.</summary>
    /// <returns>The intents that have an outcome now and had none before, with their loops.</returns>
    public IReadOnlyList<(LoopModel Loop, ControlCase Intent)> Take(FleetModel next)
    {
        var before = model;
        model = next;
        polls.Add(1);
        var finished = new List<(LoopModel, ControlCase)>();
        foreach (var loop in next.Loops)
        {
            if (before.Loop(loop.Repo, loop.Id) is not { IsReading: false } known || ReferenceEquals(known, loop))
            {
                continue;
            }

            if (known.Verdict.Lifecycle != loop.Verdict.Lifecycle)
            {
                transitions.Add(
                    1, new(Repository, loop.Repo), new(Loop, loop.Id), new("ops_manager.from", known.Verdict.Lifecycle.Word()),
                    new("ops_manager.to", loop.Verdict.Lifecycle.Word()));
            }

            foreach (var alert in loop.Verdict.Alerts.Where(alert => !known.Verdict.HasAlert(alert.Code)))
            {
                alerts.Add(1, new(Repository, loop.Repo), new(Loop, loop.Id), new(Code, alert.Code));
            }

            if (!ReferenceEquals(known.Cases, loop.Cases))
            {
                finished.AddRange(loop.Cases.Recorded
                    .Where(one => one.FinishedAt is not null && known.Cases.FindRecorded(one.Key)?.FinishedAt is null)
                    .Select(one => (loop, one)));
            }
        }

        foreach (var (loop, intent) in finished)
        {
            Count(loop.Repo, loop.Id, intent);
        }

        return finished;
    }

    /// <summary>Counts an intent with an outcome.</summary>
    public void Count(string repo, string loop, ControlCase intent)
    {
        var taken = intent.FinishedAt - (intent.StartedAt ?? intent.FinishedAt) ?? TimeSpan.Zero;
        control.Record(
            Math.Max(0, taken.TotalSeconds), new(Repository, repo), new(Loop, loop), new(Intent, intent.Intent),
            new(Outcome, ControlTrace.OutcomeOf(intent)));
    }

    public void Dispose() => Meter.Dispose();

    private IEnumerable<Measurement<long>> Loops() => model.Loops
        .CountBy(static loop => (loop.Repo, loop.Verdict.Lifecycle))
        .Select(static one => new Measurement<long>(
            one.Value, new(Repository, one.Key.Repo), new KeyValuePair<string, object?>(Lifecycle, one.Key.Lifecycle.Word())));

    private IEnumerable<Measurement<long>> Alerts() => model.Loops
        .SelectMany(static loop => loop.Verdict.Alerts.Select(alert => (loop.Repo, loop.Id, alert.Code)))
        .CountBy(static one => one)
        .Select(static one => new Measurement<long>(
            one.Value, new(Repository, one.Key.Repo), new KeyValuePair<string, object?>(Loop, one.Key.Id),
            new KeyValuePair<string, object?>(Code, one.Key.Code)));

    private IEnumerable<Measurement<double>> Lag() =>
        from repo in model.Repos.Values
        from loop in repo.Loops.Values
        let lag = Lags.From(loop, loop.Projected.Status, repo.Ages with { Now = repo.HeardUntil }).IngestSeconds
        where lag is not null
        select new Measurement<double>(
            lag.Value, new(Repository, repo.Path), new KeyValuePair<string, object?>(Loop, loop.Id));
}
