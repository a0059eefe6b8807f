using System.Text.Json;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Control.Storage;
using OpsManager.Core.Rules.Health;

namespace OpsManager.Control.Reconcile;

/// <summary>Sums up the newest rows of telemetry, whoever wrote them, and says which threshold profile they speak for.</summary>
public static class TelemetrySummary
{
    /// <summary>Rows that are summed up where the user does not say.</summary>
    public const int UsualWindow = 200;

    /// <summary>Longest end of a file that is read, in bytes.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Rows from which on a recommendation is reliable, and from which on it is of some weight.</summary>
    private const int Many = 100, Some = 30;

    /// <param name="applied">The profile in force; null where none is known.</param>
    public static StatusTuning From(ManagerFiles kept, int window, string? applied)
    {
        var rows = Rows(kept, kept.ReconcileRows, window);
        var tuning = new StatusTuning
        {
            SummaryWindow = window,
            AppliedProfile = applied,
            RecommendedProfile = null,
            Confidence = null,
            Rationale = null,
            TelemetrySummary = null,
        };
        if (rows.Count == 0)
        {
            return tuning;
        }

        var observed = Observe(rows, Rows(kept, kept.ControlRows, window));
        var (profile, why) = Recommend(observed);
        return tuning with
        {
            RecommendedProfile = profile.Profile,
            Confidence = rows.Count >= Many ? Confidence.High : rows.Count >= Some ? Confidence.Medium : Confidence.Low,
            Rationale = why,
            TelemetrySummary = new TelemetryTotals(
                observed, new TelemetrySource(kept.ReconcileRows.ToString(), kept.ControlRows.ToString(), window)),
        };
    }

    private static IReadOnlyList<JsonRow> Rows(ManagerFiles kept, Sources.Files.GuardedPath path, int window) =>
        [.. kept.LastRows(path, static line => ArtifactParse<JsonRow>.ParseObject(line, JsonRow.Parse), MaxBytes).TakeLast(window)];

    private static TelemetryObserved Observe(IReadOnlyList<JsonRow> rows, IReadOnlyList<JsonRow> control)
    {
        int Count(string name, string word) => rows.Count(row => row.Root.Text(name) == word);
        double Rate(int count) => (double)count / rows.Count;
        var (degraded, critical) = (Count("healthStatus", HealthWords.Degraded), Count("healthStatus", HealthWords.Critical));
        return new TelemetryObserved
        {
            ReconcileAttempts = rows.Count,
            ReconcileSuccessCount = Count("status", TransportResult.Success),
            ReconcileFailedCount = Count("status", TransportResult.Failed),
            Health = new HealthTotals(degraded, critical, Rate(degraded), Rate(critical), Codes(rows)),
            Control = new ControlTotals(control.Count(static row => row.Root.Text("status") == IntentStatuses.Ambiguous
                || row.Root.Text("reasonCode") == HealthCodes.ControlAmbiguous)),
            DurationSeconds = Durations(rows),
        };
    }

    private static IReadOnlyList<CodeCount> Codes(IReadOnlyList<JsonRow> rows) =>
    [
        .. rows.Select(static row => row.Root.Field("healthReasonCodes"))
            .Where(static codes => codes is { ValueKind: JsonValueKind.Array })
            .SelectMany(static codes => codes!.Value.EnumerateArray())
            .Where(static code => code.ValueKind == JsonValueKind.String)
            .CountBy(static code => code.GetString()!)
            .OrderByDescending(static code => code.Value)
            .ThenBy(static code => code.Key, StringComparer.Ordinal)
            .Select(static code => new CodeCount(code.Key, code.Value)),
    ];

    private static DurationTotals Durations(IReadOnlyList<JsonRow> rows)
    {
        double[] sorted =
        [
            .. rows.Select(static row => row.Root.Field("durationSeconds"))
                .Where(static one => one is { ValueKind: JsonValueKind.Number })
                .Select(static one => one!.Value.GetDouble())
                .Order(),
        ];
        double? At(double part) => sorted.Length == 0 ? null : sorted[(int)((sorted.Length - 1) * part)];
        return new DurationTotals(At(0.5), At(0.95), At(1));
    }

    private static (HealthThresholds Profile, string Why) Recommend(TelemetryObserved observed)
    {
        const double ManyCritical = 0.2, ManyFailed = 0.25, FewDegraded = 0.05, FewFailed = 0.02;
        var failed = (double)observed.ReconcileFailedCount / observed.ReconcileAttempts;
        return observed.Health.CriticalRate >= ManyCritical || failed >= ManyFailed
            ? (HealthThresholds.Relaxed, "many reconciles failed or were critical: wider limits raise fewer alerts")
            : observed.Health.CriticalCount == 0 && observed.Health.DegradedRate <= FewDegraded && failed <= FewFailed
                && observed.Control.AmbiguousCount == 0
                ? (HealthThresholds.Strict, "nearly all reconciles were healthy: tighter limits find a fault earlier")
                : (HealthThresholds.Balanced, "some reconciles were not healthy: the balanced limits fit");
    }

    /// <summary>A row of any tool.</summary>
    private sealed record JsonRow(JsonElement Root)
    {
        public static ArtifactParse<JsonRow> Parse(JsonElement root) =>
            ArtifactParse<JsonRow>.NotAnObject(root) ?? ArtifactParse<JsonRow>.From(new JsonRow(root.Clone()));
    }
}
