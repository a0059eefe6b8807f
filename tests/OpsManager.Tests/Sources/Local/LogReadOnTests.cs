using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;
using OpsManager.Sources.Storage;
using Xunit;

namespace OpsManager.Tests.Sources.Local;

/// <summary>A log is read on from a cursor without reading what is before it (docs/contract.md, "Cursor file").</summary>
public sealed class LogReadOnTests : IDisposable
{
    private const int Many = 20_000;

    private readonly TempRepo repo = new();
    private readonly CountedFiles files;

    public LogReadOnTests()
    {
        files = new CountedFiles(repo.Files);
        repo.Append(TempRepo.Log, string.Concat(Enumerable.Range(1, Many).Select(Line)));
    }

    public void Dispose() => repo.Dispose();

    [Fact]
    public void Where_nothing_is_new_only_the_fingerprint_is_read()
    {
        var cursor = At(Many);
        files.Read = 0;

        var lines = Read(cursor)!;

        Assert.Equal((Many, Many, 0), (lines.Count, lines.Skipped, lines.Log.Count));
        Assert.InRange(files.Read, 1, LogContinuity.MaxHeadBytes + (2 * Line(Many).Length));
        Assert.Equal((cursor.ByteOffset, cursor.Fingerprint), lines.Fingerprint(cursor, Many));
    }

    [Fact]
    public void What_is_new_has_its_line_numbers_and_makes_the_next_cursor()
    {
        var cursor = At(Many);
        repo.Append(TempRepo.Log, Line(Many + 1) + Line(Many + 2) + "{\"half\"");
        files.Read = 0;

        var lines = Read(cursor)!;

        Assert.Equal(Many + 2, EventEnvelopes.Check(lines, Many, int.MaxValue));
        Assert.Equal([Many + 1, Many + 2], EventEnvelopes.Read(lines, Many, Many + 2, "t").Select(static one => one.Run.Iteration));
        Assert.InRange(files.Read, 1, LogContinuity.MaxHeadBytes + (10 * Line(Many).Length));
        var (bytes, print) = lines.Fingerprint(cursor, Many + 2);
        var next = cursor with { EventLineOffset = Many + 2, ByteOffset = bytes, Fingerprint = print };
        Assert.Equal((Many + 2, 0), (Read(next)!.Count, Read(next)!.Log.Count));
    }

    [Theory]
    [InlineData("no fingerprint")]
    [InlineData("an offset that somebody else moved on")]
    [InlineData("cut")]
    [InlineData("another head")]
    [InlineData("another last line")]
    [InlineData("missing")]
    public void Where_the_cursor_does_not_say_it_the_whole_log_has_to_be_read(string what)
    {
        var cursor = At(Many);
        switch (what)
        {
            case "no fingerprint":
                cursor = cursor with { ByteOffset = null, Fingerprint = null };
                break;
            case "an offset that somebody else moved on":
                cursor = cursor with { EventLineOffset = Many - 1 };
                break;
            case "cut":
                repo.Cut(TempRepo.Log, cursor.ByteOffset!.Value - 1);
                break;
            case "missing":
                File.Delete(repo.Full(TempRepo.Log));
                break;
            default:
                using (var log = new FileStream(repo.Full(TempRepo.Log), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                {
                    log.Position = what == "another head" ? 20 : cursor.ByteOffset!.Value - 10;
                    log.WriteByte((byte)'#');
                }

                break;
        }

        Assert.Null(Read(cursor));
    }

    private static string Line(int number) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"timestamp":"2026-11-29T08:00:00Z","event":"role_end","iteration":{{number}}}""") + "\n";

    private LogLines? Read(CursorFile cursor) => LogReadOn.Read(files, repo.Root, TempRepo.Loop, cursor, DateTimeOffset.UnixEpoch);

    /// <summary>The cursor behind so many lines.</summary>
    private CursorFile At(int lines)
    {
        var end = Enumerable.Range(1, lines).Sum(static number => (long)Line(number).Length);
        return new CursorFile
        {
            SchemaVersion = ContractVersion.V1,
            RepoPath = repo.Root,
            LoopId = TempRepo.Loop,
            EventsFile = TempRepo.Log,
            EventLineOffset = lines,
            EventLineCount = lines,
            UpdatedAt = DateTimeOffset.UnixEpoch,
            ByteOffset = end,
            Fingerprint = LogContinuity.Take(files, TempRepo.Log, lines, end, Line(lines).Length - 1),
        };
    }

    /// <summary>Counts the bytes that are read.</summary>
    private sealed class CountedFiles(IRepoFiles files) : IRepoFiles
    {
        public long Read { get; set; }

        public FileProbe Probe(string path) => files.Probe(path);

        public int ReadAt(string path, long offset, Span<byte> buffer)
        {
            var read = files.ReadAt(path, offset, buffer);
            Read += read;
            return read;
        }

        public IReadOnlyList<string> Directories(string path) => files.Directories(path);

        public IReadOnlyList<FileEntry> Files(string directory) => files.Files(directory);
    }
}
