using System.Text;
using CsCheck;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Follow;

public sealed class RowFollowerTests : IDisposable
{
    private static readonly string Path = ArtifactPaths.Decisions(TempRepo.Loop);

    private readonly TempRepo repo = new();

    public void Dispose() => repo.Dispose();

    [Fact]
    public void A_file_that_grows_byte_by_byte_gives_each_row_once_and_whole()
    {
        var bytes = Encoding.UTF8.GetBytes(Row("rôle_漢字_😀") + "\n" + "oops é\n" + Row("b") + "[]\n" + Row("c"));
        var rows = new Followed(repo.Files);
        foreach (var at in Enumerable.Range(0, bytes.Length))
        {
            repo.Append(Path, bytes.AsSpan(at, 1));
            rows.Look();
        }

        Assert.Equal(["rôle_漢字_😀", "b", "c"], rows.Words);
        Assert.Equal((3L, 2L, 3L), (rows.Log.Count, rows.Log.InvalidRows, rows.Log.FirstInvalidLine));
    }

    [Fact]
    public void A_row_without_its_newline_is_not_there_yet()
    {
        repo.Append(Path, Row("a") + Row("b")[..^1]);
        var rows = new Followed(repo.Files);
        rows.Look();
        Assert.Equal(["a"], rows.Words);

        repo.Append(Path, "\n");
        rows.Look();
        Assert.Equal(["a", "b"], rows.Words);
    }

    [Fact]
    public void A_missing_file_is_said_once_and_a_new_one_is_read_from_its_start()
    {
        var rows = new Followed(repo.Files);
        Assert.Equal(ArtifactCondition.Missing, rows.Look()!.Condition);
        Assert.Null(rows.Look());

        repo.Append(Path, Row("a"));
        Assert.True(rows.Look()!.StartsOver);
        File.Delete(repo.Full(Path));
        rows.Look();
        Assert.Equal((ArtifactCondition.Missing, 0L, 0), (rows.Log.Condition, rows.Log.Count, rows.Log.Rows.Count));

        repo.Append(Path, Row("b"));
        rows.Look();
        Assert.Equal(["b"], rows.Words);
    }

    [Fact]
    public void A_file_that_was_cut_or_replaced_or_rewritten_starts_over()
    {
        repo.Append(Path, Row("a") + Row("b"));
        var rows = new Followed(repo.Files);
        rows.Look();

        repo.Cut(Path, Row("a").Length);
        rows.Look();
        Assert.Equal(["a"], rows.Words);

        repo.Replace(Path, Row("x") + Row("y") + Row("z"));
        rows.Look();
        Assert.Equal(["x", "y", "z"], rows.Words);

        repo.Write(Path, Row("1") + Row("2") + Row("3") + Row("4"));
        Assert.True(rows.Look()!.StartsOver);
        Assert.Equal(["1", "2", "3", "4"], rows.Words);
    }

    [Fact]
    public void A_file_that_has_not_changed_costs_one_look_at_it_and_what_was_read_is_not_read_again()
    {
        repo.Append(Path, string.Concat(Enumerable.Range(0, 5000).Select(static at => Row($"w{at}"))));
        var files = new WatchedFiles(repo.Files);
        var rows = new Followed(files);
        rows.Look();
        var (probes, reads, size) = (files.Probes.Count, files.Reads.Count, new FileInfo(repo.Full(Path)).Length);
        Assert.Equal(size, files.Reads.Sum(static read => read.Read));

        Assert.Null(rows.Look());
        Assert.Equal((probes + 1, reads), (files.Probes.Count, files.Reads.Count));

        repo.Append(Path, Row("new"));
        rows.Look();
        Assert.Equal("new", rows.Words[^1]);
        // What is new, and both ends of what was read, which show that the file is still the one it was.
        Assert.Equal(Row("new").Length + 256, files.Reads.Skip(reads).Sum(static read => read.Read));
    }

    [Fact]
    public void A_file_that_may_not_be_read_keeps_its_rows_and_goes_on_where_it_stopped()
    {
        repo.Append(Path, Row("a"));
        var files = new WatchedFiles(repo.Files);
        var rows = new Followed(files);
        rows.Look();

        repo.Append(Path, Row("b"));
        files.BeforeRead = static _ => throw new UnauthorizedAccessException("no permission");
        Assert.Equal(ArtifactCondition.Unreadable, rows.Look()!.Condition);
        Assert.Null(rows.Look());
        Assert.Equal(("no permission", 1L), (rows.Log.Fault, rows.Log.Count));

        files.BeforeRead = null;
        Assert.False(rows.Look()!.StartsOver);
        Assert.Equal(["a", "b"], rows.Words);
        Assert.Null(rows.Log.Fault);
    }

    [Fact]
    public void A_line_that_is_too_long_is_an_invalid_one_and_costs_no_memory()
    {
        repo.Append(Path, Row("a"));
        repo.Append(Path, new string('x', RowScanner<Decision>.MaxLineBytes + 1) + "\n" + Row("b"));
        var rows = new Followed(repo.Files);
        rows.Look();

        Assert.Equal(["a", "b"], rows.Words);
        Assert.Equal((1L, 2L), (rows.Log.InvalidRows, rows.Log.FirstInvalidLine));
    }

    [Fact]
    public void A_large_file_is_read_in_slices_and_only_the_newest_rows_are_kept()
    {
        repo.Append(Path, string.Concat(Enumerable.Range(0, 20_000).Select(static at => Row($"w{at}"))));
        var rows = new Followed(repo.Files, limit: 100, slice: 128 * 1024);
        var looks = 0;
        do
        {
            Assert.True(rows.Look()!.Rows.Count <= 100);
            looks++;
        }
        while (rows.HasMore);

        Assert.InRange(looks, 3, 100);
        Assert.Equal((20_000L, 100, "w19900", "w19999"), (rows.Log.Count, rows.Log.Rows.Count, rows.Words[0], rows.Words[^1]));
    }

    [Fact]
    public void Rows_that_come_in_any_looks_give_what_one_look_gives() =>
        Gen.Select(Gen.Int[0, 5].List[0, 40], Gen.Int[1, 60].List[0, 12], Gen.Int[1, 12]).Sample(
            (kinds, cuts, limit) =>
            {
                var bytes = Encoding.UTF8.GetBytes(string.Concat(kinds.Select(
                    static (kind, at) => kind switch { 0 => "\n", 1 => "{\n", 2 => "{\"decision\":1}\r\n", _ => Row($"w{at}") })));
                var (tape, atOnce) = (new TapeFiles(), new TapeFiles());
                var rows = new Followed(tape, limit);
                var whole = new Followed(atOnce, limit);
                atOnce.Apply(new TapePut(default, 0, Path, bytes), WatchedRepo.Start);
                whole.Look();
                var done = 0;
                tape.Apply(new TapePut(default, 0, Path, []), WatchedRepo.Start);
                foreach (var cut in cuts.Append(bytes.Length))
                {
                    var next = Math.Min(bytes.Length, done + cut);
                    tape.Apply(new TapeAppend(default, 0, Path, bytes[done..next]), WatchedRepo.Start.AddSeconds(next));
                    done = next;
                    rows.Look();
                }

                Assert.Equal(whole.Words, rows.Words);
                Assert.Equal(
                    (whole.Log.Count, whole.Log.InvalidRows, whole.Log.FirstInvalidLine),
                    (rows.Log.Count, rows.Log.InvalidRows, rows.Log.FirstInvalidLine));
                Assert.True(rows.Log.Rows.Count <= limit);
            },
            iter: 2000,
            threads: 1);

    private static string Row(string word) =>
        $$"""{"timestamp":"2026-11-22T19:19:30Z","run_id":"r","iteration":1,"decision":"{{word}}"}""" + "\n";

    /// <summary>A follower and what the fold makes of what it says.</summary>
    private sealed class Followed(IRepoFiles files, int limit = 1024, int slice = 16 * 1024 * 1024)
    {
        private readonly RowFollower<Decision> follower = new(files, Path, Decision.Parse, limit, slice);

        public RowLog<Decision> Log { get; private set; } = new(limit);

        public IReadOnlyList<string> Words => [.. Log.Rows.Select(static row => row.Word)];

        public bool HasMore => follower.HasMore;

        public RowReading<Decision>? Look()
        {
            var reading = follower.Look();
            Log = reading is null ? Log : Log.With(reading);
            return reading;
        }
    }
}
