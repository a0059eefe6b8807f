using System.Security.Cryptography;
using System.Text;
using OpsManager.Contract.Manager;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Telemetry;

/// <summary>
/// The trace of one intent: from its start to the evidence, with the command and the verification as steps of it. The ids follow from
/// the intent's trace id and key, so that it is one trace whichever manager sends it, and however often.
/// </summary>
internal static class ControlTrace
{
    /// <summary>The outcome of an intent whose result was not verified, on request.</summary>
    private const string NotVerified = "not_verified";

    public static string OutcomeOf(ControlCase intent) => intent.Outcome ?? NotVerified;

    /// <summary>The spans of an intent with an outcome; none where no time was recorded.</summary>
    public static IEnumerable<OtlpSpan> Spans(string repo, string loop, ControlCase intent)
    {
        if (intent.FinishedAt is not { } finished)
        {
            yield break;
        }

        var started = intent.StartedAt ?? finished;
        var root = Span(intent, $"control {intent.Intent}", null, started, finished);
        var isFailed = intent.Outcome is { } outcome && !ControlRow.IsSuccess(outcome);
        yield return root with
        {
            Attributes = [.. Attributes(repo, loop, intent)],
            Events = [.. intent.Evidence.Select(one => Event(root.EndTimeUnixNano, one))],
            Status = isFailed ? new OtlpStatus(2, intent.Why) : new OtlpStatus(1, null),
        };
        if (intent.ExecutedAt is { } executed)
        {
            yield return Span(intent, "control.command", root.SpanId, started, executed) with
            {
                Kind = 3,
                Attributes = intent.ExitCode is { } code ? [OtlpAttribute.Number("process.exit.code", code)] : [],
            };
            yield return Span(intent, "control.verification", root.SpanId, executed, finished);
        }
    }

    private static OtlpEvent Event(string at, EvidenceRecord evidence) => new(
        at, "evidence",
        [
            OtlpAttribute.Text("ops_manager.evidence.source", evidence.Source),
            OtlpAttribute.Text("ops_manager.evidence.fact", evidence.Fact),
        ]);

    private static OtlpSpan Span(
        ControlCase intent, string name, string? parent, DateTimeOffset started, DateTimeOffset ended) => new()
        {
            TraceId = TraceId(intent.TraceId ?? intent.Key),
            SpanId = Digits($"{intent.Key}\n{name}", 8),
            ParentSpanId = parent,
            Name = name,
            StartTimeUnixNano = OtlpTime.Nanoseconds(started),
            EndTimeUnixNano = OtlpTime.Nanoseconds(ended < started ? started : ended),
            Attributes = [],
        };

    private static IEnumerable<OtlpAttribute> Attributes(string repo, string loop, ControlCase intent)
    {
        yield return OtlpAttribute.Text(FleetMeter.Repository, repo);
        yield return OtlpAttribute.Text(FleetMeter.Loop, loop);
        yield return OtlpAttribute.Text(FleetMeter.Intent, intent.Intent);
        yield return OtlpAttribute.Text(FleetMeter.Outcome, OutcomeOf(intent));
        yield return OtlpAttribute.Text("ops_manager.transport", intent.Transport);
        yield return OtlpAttribute.Text("ops_manager.idempotency_key", intent.Key);
        if (intent.TraceId is { } trace)
        {
            yield return OtlpAttribute.Text("ops_manager.trace_id", trace);
        }
    }

    /// <summary>The contract's trace id itself where it can be one of a trace; otherwise digits that follow from it.</summary>
    internal static string TraceId(string text)
    {
        var digits = text.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        return digits.Length == 32 && digits.All(char.IsAsciiHexDigit) && digits.Any(static digit => digit != '0')
            ? digits
            : Digits(text, 16);
    }

    private static string Digits(string text, int bytes) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, bytes));
}
