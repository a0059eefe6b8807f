using System.IO.Abstractions;
using System.Reactive.Concurrency;
using System.Reactive.Subjects;
using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Record;
using OpsManager.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Record;

/// <summary>The file of a recording, and the way to it.</summary>
public sealed class TapeOutputTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 19, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("ops-manager-record-").FullName;

    [Fact]
    public void A_packed_tape_that_was_not_ended_is_read_up_to_its_last_flush()
    {
        var path = Path.Combine(folder, "a.tape.jsonl.gz");
        var tape = Open(path);
        tape.Write(Look(1, "one\n"));
        tape.Write(Look(2, "two\n"));
        tape.Flush();
        tape.Write(Look(3, "three\n"));
        var copy = Path.Combine(folder, "b.tape.jsonl.gz");
        File.Copy(path, copy);

        var read = RecordingReader.Open(new FileSystem(), copy).Entries[0].Open();

        Assert.Equal(TimeSpan.FromSeconds(2), read.Length);
        tape.Dispose();
    }

    [Fact]
    public void Only_the_owner_reads_a_recording()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = Path.Combine(folder, "new", "a.tape.jsonl");
        Open(path).Dispose();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_second_recorder_and_an_old_recording_are_left_alone()
    {
        var path = Path.Combine(folder, "a.tape.jsonl");
        var first = Open(path);

        Assert.Contains("another recorder", Assert.Throws<ContractException>(() => Open(path)).Message, StringComparison.Ordinal);
        first.Dispose();
        Assert.Contains("exists already", Assert.Throws<ContractException>(() => Open(path)).Message, StringComparison.Ordinal);
        var other = Assert.Throws<ContractException>(() => Open(Path.Combine(folder, "a.txt")));
        Assert.Contains("ends in .tape.jsonl", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_ends_at_its_size_and_says_so()
    {
        var scheduler = new HistoricalScheduler(Start);
        var looks = new Subject<TapedLook>();
        var tape = Open(Path.Combine(folder, "a.tape.jsonl"), new RecordOptions { Title = "t", Repo = "/srv/a", MaxBytes = 2000 });
        using var recorder = new TapeRecorder(looks, tape, scheduler, TimeSpan.Zero);
        RecordingEnd? end = null;
        recorder.Ended.Subscribe(one => end = one);

        for (var second = 0; second < 50; second++)
        {
            looks.OnNext(Look(second, new string('x', 100) + "\n"));
            scheduler.AdvanceBy(TimeSpan.FromSeconds(1));
        }

        Assert.Contains("--max-size", end!.Text, StringComparison.Ordinal);
        Assert.False(end.IsFault);
        var read = RecordingReader.Open(new FileSystem(), Path.Combine(folder, "a.tape.jsonl")).Entries[0].Open();
        Assert.Contains("--max-size", Assert.IsType<TapeRemark>(read.Steps[^1]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_fills_ends_the_recording_and_nothing_else()
    {
        var scheduler = new HistoricalScheduler(Start);
        var looks = new Subject<TapedLook>();
        using var recorder = new TapeRecorder(looks, new FullDisk(), scheduler, TimeSpan.Zero);
        RecordingEnd? end = null;
        recorder.Ended.Subscribe(one => end = one);

        looks.OnNext(Look(1, "one\n"));
        scheduler.AdvanceBy(TimeSpan.FromSeconds(1));
        looks.OnNext(Look(2, "two\n"));
        scheduler.AdvanceBy(TimeSpan.FromSeconds(1));

        Assert.Equal(new RecordingEnd("No space left on device", IsFault: true), end);
    }

    [Fact]
    public void What_waits_to_be_written_has_a_bound()
    {
        var scheduler = new HistoricalScheduler(Start);
        var looks = new Subject<TapedLook>();
        using var recorder = new TapeRecorder(
            looks, Open(Path.Combine(folder, "a.tape.jsonl")), scheduler, TimeSpan.Zero, maxQueued: 1000);
        RecordingEnd? end = null;
        recorder.Ended.Subscribe(one => end = one);

        for (var second = 0; second < 20; second++)
        {
            looks.OnNext(Look(second, new string('x', 100) + "\n"));
        }

        scheduler.AdvanceBy(TimeSpan.FromSeconds(1));

        Assert.True(end!.IsFault);
    }

    public void Dispose() => TempFolder.Delete(folder);

    private static TapedLook Look(double seconds, string text) => new(
        Start + TimeSpan.FromSeconds(seconds),
        [new TapeAppend(default, 0, ".superloop/loops/a/events.jsonl", Encoding.UTF8.GetBytes(text))]);

    private static SingleTape Open(string path, RecordOptions? options = null) => new(
        TapePlace.Create(new FileSystem(), path), options ?? new RecordOptions { Title = "t", Repo = "/srv/a" }, Start);

    private sealed class FullDisk : ITapeSink
    {
        public RecordingEnd? Write(TapedLook look) => throw new IOException("No space left on device");

        public RecordingEnd? Flush() => null;

        public void End(RecordingEnd end, DateTimeOffset now) => throw new IOException("No space left on device");

        public void Dispose()
        {
        }
    }
}
