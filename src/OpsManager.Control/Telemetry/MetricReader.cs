using System.Diagnostics.Metrics;
using System.Globalization;

namespace OpsManager.Control.Telemetry;

/// <summary>Adds up what a meter measures, and gives it as OTLP has it. Safe for several threads.</summary>
internal sealed class MetricReader : IDisposable
{
    /// <summary>Sets of attributes that are kept; what is measured of others is counted in <see cref="Refused"/>.</summary>
    public const int MaxPoints = 4096;

    private const int SinceTheStart = 2;

    /// <summary>Upper ends of the buckets of a duration, in seconds.</summary>
    private static readonly double[] Bounds = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];

    private readonly MeterListener listener = new();
    private readonly Lock gate = new();
    private readonly Dictionary<(Instrument Instrument, string Attributes), Point> points = [];
    private readonly string start;

    public MetricReader(Meter meter, DateTimeOffset now)
    {
        start = OtlpTime.Nanoseconds(now);
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();
    }

    /// <summary>Measurements that were not kept, because there were too many sets of attributes.</summary>
    public long Refused { get; private set; }

    public IReadOnlyList<OtlpMetric> Read(DateTimeOffset now)
    {
        lock (gate)
        {
            foreach (var old in points.Keys.Where(static key => key.Instrument.IsObservable).ToArray())
            {
                points.Remove(old);
            }
        }

        listener.RecordObservableInstruments();
        lock (gate)
        {
            var at = OtlpTime.Nanoseconds(now);
            return [.. points.GroupBy(static one => one.Key.Instrument).OrderBy(static one => one.Key.Name, StringComparer.Ordinal)
                .Select(group => Metric(group.Key, [.. group.Select(one => Shown(one.Value, group.Key, at))]))];
        }
    }

    public void Dispose() => listener.Dispose();

    private static OtlpMetric Metric(Instrument instrument, OtlpPoint[] shown)
    {
        var metric = new OtlpMetric(instrument.Name, instrument.Unit ?? "1", instrument.Description ?? "");
        return instrument.IsObservable ? metric with { Gauge = new OtlpGauge(shown) }
            : instrument is Histogram<double> ? metric with { Histogram = new OtlpHistogram(shown, SinceTheStart) }
            : metric with { Sum = new OtlpSum(shown, SinceTheStart, IsMonotonic: true) };
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // Whole numbers of this size are exact as doubles.
        var attributes = new OtlpAttribute[tags.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            attributes[i] = OtlpAttribute.Text(tags[i].Key, tags[i].Value as string ?? "");
        }

        var key = (instrument, string.Join('\n', attributes.Select(static one => $"{one.Key}={one.Value.StringValue}")));
        lock (gate)
        {
            if (!points.TryGetValue(key, out var point))
            {
                if (points.Count >= MaxPoints)
                {
                    Refused++;
                    return;
                }

                points[key] = point = new Point(attributes);
            }

            point.Add(value);
        }
    }

    private OtlpPoint Shown(Point point, Instrument instrument, string at)
    {
        var shown = new OtlpPoint(point.Attributes, start, at);
        return instrument switch
        {
            Histogram<double> => shown with
            {
                Count = Text(point.Count),
                Sum = point.Sum,
                BucketCounts = [.. point.Buckets.Select(Text)],
                ExplicitBounds = Bounds,
            },
            ObservableGauge<double> => shown with { AsDouble = point.Sum },
            _ => shown with { AsInt = Text((long)point.Sum) },
        };
    }

    /// <summary>What was measured with one set of attributes.</summary>
    private sealed class Point(OtlpAttribute[] attributes)
    {
        public OtlpAttribute[] Attributes { get; } = attributes;

        public long Count { get; private set; }

        public double Sum { get; private set; }

        public long[] Buckets { get; } = new long[Bounds.Length + 1];

        public void Add(double value)
        {
            Count++;
            Sum += value;
            var bucket = Array.FindIndex(Bounds, bound => value <= bound);
            Buckets[bucket < 0 ? Bounds.Length : bucket]++;
        }
    }
}
