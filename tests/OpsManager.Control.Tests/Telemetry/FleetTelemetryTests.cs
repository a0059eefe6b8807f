using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Control.Telemetry;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Control;
using Xunit;

namespace OpsManager.Control.Tests.Telemetry;

/// <summary>Telemetry with a real collector on this host. Only the time is made up.</summary>
public sealed class FleetTelemetryTests : IAsyncDisposable
{
    private const string Repo = "/srv/app";
    private const string Loop = "checkout-flow";
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);

    private static readonly EvidenceRecord Seen = new() { Source = "approval", Fact = "approval.json is approved", Path = null };

    private readonly FakeTimeProvider time = new(Start);
    private readonly Collector collector = new();
    private FleetTelemetry? telemetry;

    public async ValueTask DisposeAsync()
    {
        if (telemetry is { } open)
        {
            await open.DisposeAsync();
        }

        collector.Dispose();
    }

    [Fact]
    public void Transitions_alerts_and_polls_are_counted_from_the_second_model_on()
    {
        Begin();
        telemetry!.Take(Fleet(Model(Lifecycle.Running)));
        telemetry.Take(Fleet(Model(Lifecycle.Failed) with { Verdict = Verdict(Lifecycle.Failed, "process_gone") }));

        Became(() => collector.Metric("ops_manager.polls") is not null);

        Assert.Equal("2", (string?)Point("ops_manager.polls")["asInt"]);
        var transition = Point("ops_manager.loop.transitions");
        Assert.Equal("1", (string?)transition["asInt"]);
        Assert.Equal(
            $"superloop.repository={Repo} superloop.loop={Loop} ops_manager.from=running ops_manager.to=failed", Attributes(transition));
        Assert.Equal(
            $"superloop.repository={Repo} superloop.loop={Loop} ops_manager.alert=process_gone",
            Attributes(Point("ops_manager.alerts.raised")));
        Assert.Equal("1", (string?)Point("ops_manager.alerts", "gauge")["asInt"]);
        Assert.Equal($"superloop.repository={Repo} ops_manager.lifecycle=failed", Attributes(Point("ops_manager.loops", "gauge")));
    }

    [Fact]
    public void An_intent_is_a_trace_with_the_contracts_trace_id_from_its_start_to_the_evidence()
    {
        Begin("authorization", "Bearer t");
        telemetry!.Take(Fleet(Model(Lifecycle.AwaitingApproval) with { Cases = ControlCases.From([Row(ControlRow.Started, 0)]) }));
        telemetry.Take(Fleet(Model(Lifecycle.AwaitingApproval) with { Cases = ControlCases.From(Finished()) }));
        telemetry.Take(Fleet(Model(Lifecycle.Running) with { Cases = ControlCases.From(Finished()) }));

        Became(() => collector.Spans.Count > 0 && collector.Metric("ops_manager.control.duration") is not null);

        Assert.Equal(
            ["control approve", "control.command", "control.verification"], collector.Spans.Select(static span => (string?)span["name"]));
        Assert.All(collector.Spans, static span => Assert.Equal(Trace, (string?)span["traceId"]));
        var root = collector.Spans[0];
        Assert.Null(root["parentSpanId"]);
        Assert.All(collector.Spans.Skip(1), span => Assert.Equal((string?)root["spanId"], (string?)span["parentSpanId"]));
        Assert.Equal("5000000000", Length(root));
        Assert.Equal(["2000000000", "3000000000"], collector.Spans.Skip(1).Select(Length));
        Assert.Contains("ops_manager.outcome=observed", Attributes(root), StringComparison.Ordinal);
        Assert.Equal(
            "ops_manager.evidence.source=approval ops_manager.evidence.fact=approval.json is approved",
            Attributes(Assert.Single(root["events"]!.AsArray())!));
        Assert.Equal(1, (int)root["status"]!["code"]!);
        Assert.Equal("5", Point("ops_manager.control.duration", "histogram")["sum"]!.ToString());
        Assert.All(collector.Received, static one => Assert.Equal("Bearer t", one.Token));
    }

    [Fact]
    public void What_was_there_before_is_not_sent_again()
    {
        Begin();
        telemetry!.Take(Fleet(Model(Lifecycle.Running) with { Cases = ControlCases.From(Finished()) }));
        telemetry.Take(Fleet(Model(Lifecycle.Running) with { Cases = ControlCases.From(Finished()) }));

        Became(() => collector.Metric("ops_manager.polls") is not null);

        Assert.Empty(collector.Spans);
        Assert.Null(collector.Metric("ops_manager.loop.transitions"));
    }

    [Fact]
    public void A_trace_id_that_can_be_none_of_a_trace_gives_the_same_digits_each_time()
    {
        Assert.Equal(Trace, ControlTrace.TraceId("0AF76519-16cd-43dd-8448-eb211c80319c"));
        Assert.Matches("^[0-9a-f]{32}$", ControlTrace.TraceId("deploy-42"));
        Assert.Equal(ControlTrace.TraceId("deploy-42"), ControlTrace.TraceId("deploy-42"));
        Assert.NotEqual(new string('0', 32), ControlTrace.TraceId(new string('0', 32)));
    }

    [Fact]
    public async Task A_collector_that_does_not_answer_keeps_nobody_waiting_and_what_does_not_fit_is_counted()
    {
        var held = new TaskCompletionSource();
        collector.Holds = held.Task;
        Begin();
        telemetry!.Take(Fleet(Model(Lifecycle.Running)));
        Became(() => collector.Received.Count > 0);

        // The request hangs; models are taken all the same, and their spans wait up to a bound.
        for (var i = 0; i < OtlpExporter.MaxSpans; i++)
        {
            telemetry.Take(Fleet(Model(Lifecycle.Running) with { Cases = ControlCases.From(Finished($"key-{i}")) }));
        }

        var ending = telemetry.DisposeAsync().AsTask();
        Became(() => ending.IsCompleted);
        await ending;
        Assert.Contains("did not answer in time", telemetry.Fault, StringComparison.Ordinal);
        Assert.Contains($"{OtlpExporter.MaxSpans * 3} spans could not be sent", telemetry.Fault, StringComparison.Ordinal);
        telemetry = null;
        held.SetResult();
    }

    [Fact]
    public void Spans_of_a_collector_that_is_unavailable_for_a_while_are_sent_later()
    {
        collector.Status = HttpStatusCode.ServiceUnavailable;
        Begin();
        telemetry!.Take(Fleet(Model(Lifecycle.AwaitingApproval)));
        telemetry.Take(Fleet(Model(Lifecycle.AwaitingApproval) with { Cases = ControlCases.From(Finished()) }));
        Became(() => collector.Spans.Count >= 3);
        Assert.True(Eventually.Is(() => telemetry.Fault?.Contains("answered 503", StringComparison.Ordinal) == true, Patience));

        collector.Status = HttpStatusCode.OK;

        Became(() => collector.Spans.Count >= 6);
    }

    [Fact]
    public async Task A_collector_that_is_down_is_told_once_the_end_comes()
    {
        var endpoint = collector.Endpoint;
        collector.Dispose();
        telemetry = new FleetTelemetry(new TelemetrySettings(endpoint, [], Interval), new HttpClient(), time, "1.0.0");
        telemetry.Take(Fleet(Model(Lifecycle.Running)));

        await telemetry.DisposeAsync().AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.StartsWith($"telemetry: {endpoint} was not reached: ", telemetry.Fault, StringComparison.Ordinal);
        Assert.EndsWith("1 request failed, and 0 spans could not be sent", telemetry.Fault, StringComparison.Ordinal);
    }

    private static FleetModel Fleet(LoopModel loop) => FleetModel.Empty with
    {
        Repos = FleetModel.Empty.Repos.SetItem(
            Repo, new RepoModel(Repo) { Loops = ImmutableSortedDictionary<string, LoopModel>.Empty.SetItem(Loop, loop) }),
    };

    private static LoopModel Model(Lifecycle lifecycle) => new(Repo, Loop) { Verdict = Verdict(lifecycle) };

    private static Verdict Verdict(Lifecycle lifecycle, params string[] alerts) => new()
    {
        Ruling = new Ruling(lifecycle, "a reason", Confidence.High, null),
        Findings = [.. alerts.Select(static code => new FindingRecord
        {
            Code = code, Severity = Severity.Error, Since = Start, Evidence = [],
        })],
    };

    private static ControlRow Row(string phase, int second, string key = "key-1") => new()
    {
        Timestamp = Start.AddSeconds(second),
        Phase = phase,
        LoopId = Loop,
        IdempotencyKey = key,
        TraceId = Trace,
        Intent = IntentWords.Approve,
        RequestedBy = "ada",
        Command = "superloop.sh approve",
        Aim = null,
    };

    private static ControlRow[] Finished(string key = "key-1") =>
    [
        Row(ControlRow.Started, 0, key), Row(ControlRow.Executed, 2, key) with { ExitCode = 0 },
        Row(ControlRow.Finished, 5, key).Took(ControlRow.Effect.Observed, new Confirmation(Seen, [])),
    ];

    private static string Attributes(JsonNode point) => string.Join(
        ' ', point["attributes"]!.AsArray().Select(static one => $"{one!["key"]}={one["value"]!["stringValue"]}"));

    private static string? Length(JsonNode span) =>
        (long.Parse((string)span["endTimeUnixNano"]!, null) - long.Parse((string)span["startTimeUnixNano"]!, null)).ToString();

    private JsonNode Point(string name, string kind = "sum") =>
        Assert.Single(collector.Metric(name)![kind]!["dataPoints"]!.AsArray())!;

    private void Begin(string? header = null, string value = "") => telemetry = new FleetTelemetry(
        new TelemetrySettings(collector.Endpoint, header is null ? [] : [new(header, value)], Interval), new HttpClient(), time, "1.0.0");

    /// <summary>
    /// Lets time pass until something has become so. It stands for a while in between, so that a request that is on its way arrives.
    /// </summary>
    private void Became(Func<bool> isSo)
    {
        for (var waited = TimeSpan.Zero; !Eventually.Is(isSo, waited == TimeSpan.Zero ? TimeSpan.Zero : Pause); waited += Pause)
        {
            Assert.True(waited < Patience, "it did not become so");
            time.Advance(Interval);
        }
    }
}
