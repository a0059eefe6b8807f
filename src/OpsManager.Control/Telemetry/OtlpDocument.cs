using System.Globalization;
using System.Text.Json.Serialization;

namespace OpsManager.Control.Telemetry;

/// <summary>What is sent to <c>v1/traces</c>, as OTLP's JSON has it (opentelemetry-proto, "JSON Protobuf Encoding").</summary>
internal sealed record OtlpTraces(IReadOnlyList<OtlpResourceSpans> ResourceSpans);

internal sealed record OtlpResourceSpans(OtlpResource Resource, IReadOnlyList<OtlpScopeSpans> ScopeSpans);

internal sealed record OtlpScopeSpans(OtlpScope Scope, IReadOnlyList<OtlpSpan> Spans);

/// <summary>What is sent to <c>v1/metrics</c>.</summary>
internal sealed record OtlpMetrics(IReadOnlyList<OtlpResourceMetrics> ResourceMetrics);

internal sealed record OtlpResourceMetrics(OtlpResource Resource, IReadOnlyList<OtlpScopeMetrics> ScopeMetrics);

internal sealed record OtlpScopeMetrics(OtlpScope Scope, IReadOnlyList<OtlpMetric> Metrics);

internal sealed record OtlpResource(IReadOnlyList<OtlpAttribute> Attributes);

internal sealed record OtlpScope(string Name, string Version);

internal sealed record OtlpAttribute(string Key, OtlpValue Value)
{
    public static OtlpAttribute Text(string key, string value) => new(key, new OtlpValue(value, null));

    public static OtlpAttribute Number(string key, long value) =>
        new(key, new OtlpValue(null, value.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>One of the two. Whole numbers are texts in OTLP's JSON.</summary>
internal sealed record OtlpValue(string? StringValue, string? IntValue);

/// <summary>One step with a beginning and an end.</summary>
internal sealed record OtlpSpan
{
    /// <summary>32 hexadecimal digits.</summary>
    public required string TraceId { get; init; }

    /// <summary>16 hexadecimal digits.</summary>
    public required string SpanId { get; init; }

    /// <summary>Null for the first of a trace.</summary>
    public string? ParentSpanId { get; init; }

    public required string Name { get; init; }

    /// <summary>1: inside of this program; 3: something else is asked.</summary>
    public int Kind { get; init; } = 1;

    public required string StartTimeUnixNano { get; init; }

    public required string EndTimeUnixNano { get; init; }

    public required IReadOnlyList<OtlpAttribute> Attributes { get; init; }

    public IReadOnlyList<OtlpEvent>? Events { get; init; }

    public OtlpStatus? Status { get; init; }
}

internal sealed record OtlpEvent(string TimeUnixNano, string Name, IReadOnlyList<OtlpAttribute> Attributes);

/// <param name="Code">1 done, 2 failed.</param>
internal sealed record OtlpStatus(int Code, string? Message);

/// <summary>One instrument, with one of the three kinds of points.</summary>
internal sealed record OtlpMetric(string Name, string Unit, string Description)
{
    public OtlpSum? Sum { get; init; }

    public OtlpGauge? Gauge { get; init; }

    public OtlpHistogram? Histogram { get; init; }
}

/// <param name="AggregationTemporality">2: since the start.</param>
internal sealed record OtlpSum(IReadOnlyList<OtlpPoint> DataPoints, int AggregationTemporality, bool IsMonotonic);

internal sealed record OtlpGauge(IReadOnlyList<OtlpPoint> DataPoints);

internal sealed record OtlpHistogram(IReadOnlyList<OtlpPoint> DataPoints, int AggregationTemporality);

/// <summary>One value, or one distribution, of one set of attributes.</summary>
internal sealed record OtlpPoint(IReadOnlyList<OtlpAttribute> Attributes, string StartTimeUnixNano, string TimeUnixNano)
{
    public string? AsInt { get; init; }

    public double? AsDouble { get; init; }

    public string? Count { get; init; }

    public double? Sum { get; init; }

    public IReadOnlyList<string>? BucketCounts { get; init; }

    public IReadOnlyList<double>? ExplicitBounds { get; init; }
}

/// <summary>Times as OTLP writes them.</summary>
internal static class OtlpTime
{
    /// <summary>Nanoseconds since 1970.</summary>
    public static string Nanoseconds(DateTimeOffset at) =>
        ((at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100).ToString(CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OtlpTraces))]
[JsonSerializable(typeof(OtlpMetrics))]
internal sealed partial class OtlpJson : JsonSerializerContext;
