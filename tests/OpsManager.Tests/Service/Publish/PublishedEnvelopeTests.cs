using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Service.Publish;

/// <summary>
/// Byte for byte, what is in the stream is what <c>GET /ops/events</c> answers, but for when it was made and for whom: whoever reads one
/// may read the other.
/// </summary>
public sealed partial class PublishedEnvelopeTests
{
    private const int Page = 5000;

    /// <summary>An artifact that stays torn: no way hands anything out.</summary>
    private static readonly string[] WithoutEvents = ["torn-stays"];

    [Fact]
    public async Task Every_event_of_every_sample_run_is_published_byte_for_byte_as_the_service_answers_it()
    {
        await using var stream = await FleetStream.StartAsync(hasStream: false);
        var differing = new List<string>();
        foreach (var path in Directory.GetFiles(RepoRoot.Combine("sample-runs"), "*.tape.jsonl").Order(StringComparer.Ordinal))
        {
            var tape = Path.GetFileName(path).Replace(".tape.jsonl", "", StringComparison.Ordinal);
            using var shell = Shell.At(tape);
            await stream.CreateAsync();
            await using (var service = await RunningService.StartAsync(shell.Root))
            {
                // What cannot be read is said; what is before it is published all the same.
                await RunningPublisher.OnceAsync(shell.Root, stream.Settings);
                var events = 0;
                foreach (var folder in Directory.GetDirectories(shell.Full(".superloop/loops")))
                {
                    var loop = Path.GetFileName(folder);
                    var answered = await AnsweredAsync(service, loop);
                    events += answered.Count;
                    if (Difference(answered, Published(stream, loop)) is { } difference)
                    {
                        differing.Add($"{tape}, loop {loop}: {difference}");
                    }
                }

                Assert.True(events > 0 || WithoutEvents.Contains(tape), $"nothing of {tape} was compared");
            }

            await stream.DeleteAsync();
        }

        Assert.Empty(differing);
    }

    [Fact]
    public async Task An_event_that_is_published_as_soon_as_it_is_there_is_what_the_service_answers_then()
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = FleetPublisherTests.Repo();
        await using var service = await RunningService.StartAsync(repo.Root);
        foreach (var text in (string[])["{}", """{"text":"ä\u00e4\ud83d\ude00<&>'\u0007"}""", """{ "n" : 1.50e+2,  "deep": [ { } ] }"""])
        {
            var known = stream.Events(LiveRepo.Loop).Count;
            repo.Append("role_output", data: text);
            repo.AppendText("\n");
            repo.Append("iteration_end", "tester");

            Assert.True((await RunningPublisher.OnceAsync(repo.Root, stream.Settings)).IsWhole);

            Assert.Null(Difference(
                [.. (await AnsweredAsync(service, LiveRepo.Loop)).Skip(known)], [.. Published(stream, LiveRepo.Loop).Skip(known)]));
        }
    }

    /// <summary>The events of a loop as the service hands them out, line by line behind the last page that it can give whole.</summary>
    private static async Task<IReadOnlyList<string>> AnsweredAsync(RunningService service, string loop)
    {
        var found = new List<string>();
        for (var (cursor, most) = (0L, Page); ;)
        {
            using var answer = await service.GetAsync(string.Create(
                CultureInfo.InvariantCulture, $"/ops/events?loopId={Uri.EscapeDataString(loop)}&cursor={cursor}&maxEvents={most}"));
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                if (most == 1)
                {
                    return found;
                }

                most = 1;
                continue;
            }

            var page = await RunningService.JsonAsync(answer);
            found.AddRange(page.GetProperty("events").EnumerateArray().Select(static one => Timeless(one.GetRawText())));
            var end = page.GetProperty("cursor").GetProperty("eventLineOffset").GetInt64();
            if (end == cursor)
            {
                return found;
            }

            cursor = end;
        }
    }

    private static IReadOnlyList<string> Published(FleetStream stream, string loop) =>
        [.. FleetStream.Whole(stream.Events(loop)).Select(static one => Timeless(Encoding.UTF8.GetString(one.Body)))];

    private static string? Difference(IReadOnlyList<string> answered, IReadOnlyList<string> published)
    {
        var (one, at) = answered.Zip(published).Select(static (pair, at) => (pair, at)).FirstOrDefault(
            static both => both.pair.First != both.pair.Second);
        return one.First is not null ? $"event {at + 1} is published as\n{one.Second}\nand answered as\n{one.First}"
            : answered.Count == published.Count ? null
            : $"{published.Count} events are published, and {answered.Count} answered";
    }

    /// <summary>
    /// An envelope without when it was made and for whom. Both are before the event, so that a field of the event is never meant.
    /// </summary>
    private static string Timeless(string envelope) => Trace().Replace(Made().Replace(envelope, "\"emittedAt\":", 1), "\"traceId\":", 1);

    [GeneratedRegex("\"emittedAt\":\"[^\"]*\"", RegexOptions.CultureInvariant)]
    private static partial Regex Made();

    [GeneratedRegex("\"traceId\":\"[^\"]*\"", RegexOptions.CultureInvariant)]
    private static partial Regex Trace();
}
