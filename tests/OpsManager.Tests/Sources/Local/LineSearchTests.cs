using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Text;
using CsCheck;
using OpsManager.Contract;
using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Sources;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Tests.Sources.Local;

public sealed class LineSearchTests
{
    private static readonly string[] Lines =
    [
        Event("role_start", role: "planner", message: "Reading the PLAN"),
        Event("role_end", role: "planner", status: "ok", data: """{"log":"plan.md","n":42,"deep":{"plan":1}}"""),
        Event("tests_end", 1, iteration: 2, data: """{"status":"failed","code":1}"""),
        Event("note", iteration: 3, message: """pl\u0061n \"quoted\" tab\there"""),
        Event("note", iteration: 3, message: """\ud83d\ude00 \ud800 half"""),
        Event("note", iteration: 3, message: "ein Büro, 漢字, ſtraße \u212A"),
        Event("note", message: """in\u002dthe file 2-3 pla\u003cn\u003e in-the"""),
        Event("odd", data: """{"pl\u0061n":"x","a/b":"c\/d"}"""),
        """{"timestamp":"2026-11-22T19:00:00Z","type":"typed","message":"named by its type"}""" + "\n",
        """{"timestamp":"2026-11-22T19:00:00Z","event":"e","message":7,"data":[1]}""" + "\n",
        "plan, but no JSON \\u0041\n",
        "\n",
        "{\"event\":\"no time\"}\n",
        Event("long", message: new string('x', 70_000) + "plan"),
        new string('z', 70_000) + "plan\n",
        Event("role_stop", role: "PLANNER", status: "timeout", message: "stop"),
        Event("loop_start", data: """{"max_iterations":15}"""),
        Event("iteration_end", iteration: 3, data: """{"promise":false,"tests":"failed"}"""),
        Event("rate_limit_stop", data: """{"info":{"resets_in":2700}}"""),
        Event("delegation_child_end", role: "planner", data: """{"child_id":"find-callers","terminal_state":"timed_out"}"""),
    ];

    private static readonly string[] Terms =
    [
        "plan", "PLAN", "!plan", "planner", "ok", "42", "n=42", "\"quoted\"", "quoted", "tab", "büro", "BÜRO", "漢", "漢字,", "s", "!s",
        "straße", "k", "K",
        "role:plan", "!role:plan", "event:note", "status:failed", "iter:>=2", "iter:1", "(a", "bytes)", "c/d", "\"a line of\"", "half",
        "😀", "JSON", "1", "!!", "\"",
        "typed", "e", "x=", "a/b=c", "log=plan.md", "plan.m", "role_", "in-the", "ok\"  \"log", "\"ok  log=\"", "file)", "note\" \"ein",
        "(not", "2-3", "pla<n>", "\\u0041", "zzz", "stop",
        "ended", "\"planner ended\"", "\"tests failed\"", "!failed", "\"failed: exit\"", "\"3 of 15\"", "45m", "passed", "resets",
        "\"callers timed\"",
    ];

    [Fact]
    public void A_search_finds_what_reading_every_line_finds() =>
        Gen.Select(Gen.Int[0, Lines.Length - 1].List[0, 40], Gen.Int[0, Terms.Length - 1].List[1, 3], Gen.Int[1, 9]).Sample(
            (lines, terms, slice) =>
            {
                var (loop, sources) = Watched(lines.Select(static at => Lines[at]));
                var filter = Filter(string.Join(' ', terms.Select(static at => Terms[at])));

                Assert.Equal(Naive(loop, filter, sources), Found(new LineSearch(sources), loop, filter, slice));
            },
            iter: 1500,
            threads: 1);

    [Fact]
    public void No_character_beyond_ascii_equals_one_of_ascii_whatever_the_case()
    {
        // On this rests that a term's characters must stand in the bytes of a line.
        var others = string.Concat(
            Enumerable.Range(128, char.MaxValue - 127).Select(static code => (char)code).Where(static one => !char.IsSurrogate(one)));

        Assert.All(
            Enumerable.Range(' ', '~' - ' ' + 1).Select(static code => (char)code),
            one => Assert.False(others.Contains(one, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void A_filter_that_the_index_answers_does_not_touch_the_file()
    {
        var (loop, _) = Watched(Lines);
        var found = Found(new LineSearch([]), loop, Filter("role:planner status:ok"), 3);

        Assert.Equal([1], found);
    }

    [Fact]
    public void The_file_is_read_in_large_pieces_and_once()
    {
        var lines = Enumerable.Range(0, 20_000).Select(static at => Event("note", message: $"number {at}"));
        var (loop, sources) = Watched(lines);
        var files = new WatchedFiles(sources[0].Files);
        var search = new LineSearch([new Source(files)]);

        Assert.Equal([777], Found(search, loop, Filter("\"number 777 \""), int.MaxValue).Concat(
            Found(search, loop, Filter("\"number 777\" !7770 !7771 !7772 !7773 !7774 !7775 !7776 !7777 !7778 !7779"), int.MaxValue)));
        var size = loop.Log!.EndOffset;
        Assert.True(files.Reads.Count <= 2 * (1 + (size / 900_000)), $"{files.Reads.Count} reads of {size} bytes");
        Assert.InRange(files.Reads.Sum(static read => (long)read.Read), size, (2 * size) + 1_000_000);
    }

    [Fact]
    public void A_slice_ends_when_enough_was_read_and_the_next_goes_on()
    {
        var (loop, sources) = Watched(Enumerable.Range(0, 20_000).Select(static at => Event("note", message: $"number {at}")));
        var search = new LineSearch(sources);
        var into = new MatchList();
        var step = search.Search(loop, Filter("number"), into, 0, int.MaxValue, maxBytes: 1);

        Assert.False(step.IsDone);
        Assert.InRange(step.Next, 1, 19_999);
        Assert.Equal(step.Next, into.Count);
        while (!step.IsDone)
        {
            step = search.Search(loop, Filter("number"), into, step.Next, 5_000);
        }

        Assert.Equal((20_000, 20_000, 19_999), (step.Next, into.Count, into[19_999]));
    }

    [Fact]
    public void A_search_goes_on_with_what_was_appended_and_says_why_it_cannot()
    {
        var watched = new WatchedRepo().State(State(true)).Events(Event("a", message: "plan"), Event("b"));
        var loop = watched.Look();
        var files = new WatchedFiles(watched.Files);
        var search = new LineSearch([new Source(files)]);
        var into = new MatchList();
        Assert.Equal(new SearchStep(2, true, null), search.Search(loop, Filter("plan"), into, 0, 100));

        loop = watched.Wait(1).Events(Event("c", message: "plan")).Look();
        files.BeforeRead = static _ => throw new UnauthorizedAccessException("no permission");
        Assert.Equal(new SearchStep(2, false, "no permission"), search.Search(loop, Filter("plan"), into, 2, 100));
        files.BeforeRead = null;
        Assert.Equal(new SearchStep(3, true, null), search.Search(loop, Filter("plan"), into, 2, 100));
        Assert.Equal([0, 2], Enumerable.Range(0, into.Count).Select(at => into[at]));
        Assert.Equal(new SearchStep(0, true, null), search.Search(new LoopModel("x", "y"), Filter("plan"), into, 0, 100));
        Assert.False(new LineSearch([]).Search(loop, Filter("plan"), into, 0, 100).Fault is null);
    }

    [Fact]
    public void A_log_that_was_cut_is_searched_by_what_would_be_shown()
    {
        var watched = new WatchedRepo().State(State(true)).Events(Lines);
        var loop = watched.Look();
        watched.Put(ArtifactPaths.Events(Loop), string.Concat(Lines[..3])[..^5]);
        ISource[] sources = [new Source(watched.Files)];

        foreach (var filter in Terms.Select(Filter))
        {
            Assert.Equal(Naive(loop, filter, sources), Found(new LineSearch(sources), loop, filter, 4));
        }
    }

    private static List<int> Naive(LoopModel loop, EventFilter filter, IReadOnlyList<ISource> sources)
    {
        var text = new EventText(sources);
        var index = new IndexMatcher(filter, loop.Log!.Words);
        return [.. Enumerable
            .Range(0, loop.Tally.Lines)
            .Where(row => index.Holds(loop.Log[row]) && filter.HoldsForText(text.Read(loop, row, row + 1)[0].Shown))];
    }

    private static List<int> Found(LineSearch search, LoopModel loop, EventFilter filter, int slice)
    {
        var into = new MatchList();
        SearchStep step = default;
        while (!step.IsDone)
        {
            step = search.Search(loop, filter, into, step.Next, slice);
            Assert.Null(step.Fault);
        }

        return [.. Enumerable.Range(0, into.Count).Select(at => into[at])];
    }

    private static (LoopModel Loop, IReadOnlyList<ISource> Sources) Watched(IEnumerable<string> lines)
    {
        var watched = new WatchedRepo().State(State(true)).Put(ArtifactPaths.Events(Loop), Encoding.UTF8.GetBytes(string.Concat(lines)));
        return (watched.Look(), [new Source(watched.Files)]);
    }

    private static EventFilter Filter(string text) =>
        EventFilter.TryParse(text, out var filter, out var fault) ? filter : throw new InvalidOperationException(fault);

    private sealed class Source(IRepoFiles files) : ISource
    {
        public string Repo => WatchedRepo.Path;

        public IRepoFiles Files => files;

        public IObservable<IReadOnlyList<Observation>> Observe(IScheduler scheduler) => Observable.Never<IReadOnlyList<Observation>>();
    }
}
