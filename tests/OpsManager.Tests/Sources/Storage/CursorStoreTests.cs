using System.IO.Abstractions.TestingHelpers;
using OpsManager.Contract;
using OpsManager.Sources.Files;
using OpsManager.Sources.Storage;
using OpsManager.Tests.Contract.Serialization;
using Xunit;

namespace OpsManager.Tests.Sources.Storage;

public sealed class CursorStoreTests
{
    private const string Path = "/srv/app/.superloop/loops/a/ops-manager.cursor.json";

    private readonly MockFileSystem files = new();
    private readonly CursorStore store;

    public CursorStoreTests() => store = new CursorStore(At(files, Path), "/srv/app", "a");

    private static GuardedPath At(MockFileSystem files, string path) =>
        GuardedPath.Named(files, GuardedFiles.Open(files, "/srv/app"), path);

    [Fact]
    public void Without_a_file_there_is_no_cursor() => Assert.Null(store.Load());

    [Fact]
    public void A_kept_cursor_comes_back_and_nothing_else_is_left_behind()
    {
        var kept = store.At(3, 4, WatchedRepo.Start);
        store.Save(kept, fromStart: false);

        var loaded = store.Load()!;
        Assert.Equal(
            (3, 4, WatchedRepo.Start, ".superloop/loops/a/events.jsonl"),
            (loaded.EventLineOffset, loaded.EventLineCount, loaded.UpdatedAt, loaded.EventsFile));
        Assert.Equal([Path], files.AllFiles);
    }

    [Fact]
    public void A_cursor_does_not_move_back_unless_it_was_asked_to()
    {
        var before = store.At(5, 5, WatchedRepo.Start);
        store.Save(before, fromStart: false);
        var text = files.GetFile(Path).TextContents;

        var fault = Assert.ThrowsAny<ContractException>(() => store.Save(store.At(4, 4, WatchedRepo.Start), fromStart: false));
        Assert.Contains("it would move back from 5 to 4", fault.Message, StringComparison.Ordinal);
        Assert.Equal(text, files.GetFile(Path).TextContents);

        store.Save(store.At(4, 4, WatchedRepo.Start), fromStart: true);
        Assert.Equal(4, store.Load()!.EventLineOffset);
    }

    [Fact]
    public void A_cursor_that_another_reader_has_moved_on_since_it_was_loaded_does_not_move_back()
    {
        store.Save(store.At(3, 3, WatchedRepo.Start), fromStart: false);
        var mine = store.Load()!;
        new CursorStore(At(files, Path), "/srv/app", "a").Save(store.At(9, 9, WatchedRepo.Start), fromStart: false);

        var late = mine with { EventLineOffset = 6, EventLineCount = 6 };
        var fault = Assert.ThrowsAny<ContractException>(() => store.Save(late, fromStart: false));

        Assert.Contains("it would move back from 9 to 6", fault.Message, StringComparison.Ordinal);
        Assert.Equal(9, store.Load()!.EventLineOffset);
    }

    [Theory]
    [InlineData("", "invalid JSON in cursor file")]
    [InlineData("{", "invalid JSON in cursor file")]
    [InlineData("{}", "invalid JSON in cursor file")]
    [InlineData("[]", "invalid JSON in cursor file")]
    public void A_cursor_that_cannot_be_read_is_a_fault_that_names_the_file(string text, string message)
    {
        files.AddFile(Path, new MockFileData(text));

        var fault = Assert.ThrowsAny<ContractException>(() => store.Load());
        Assert.StartsWith($"{message} {Path}: ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schemaVersion", "v2")]
    [InlineData("loopId", "b")]
    public void A_cursor_of_something_else_is_a_fault(string field, string value)
    {
        var text = EnvelopeText.Cursor();
        text[field] = value;
        files.AddFile(Path, new MockFileData(text.ToJsonString()));

        Assert.StartsWith(
            $"cursor file {Path} cannot be used: ", Assert.ThrowsAny<ContractException>(() => store.Load()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_cursor_is_a_fault()
    {
        var text = EnvelopeText.Cursor();
        text["eventLineOffset"] = -1;
        files.AddFile(Path, new MockFileData(text.ToJsonString()));

        Assert.ThrowsAny<ContractException>(() => store.Load());
    }

    [Fact]
    public void Unknown_fields_of_a_cursor_are_kept_when_it_moves()
    {
        var text = EnvelopeText.Cursor();
        text["futureField"] = "kept";
        files.AddFile(Path, new MockFileData(text.ToJsonString()));

        var before = store.Load()!;
        store.Save(before with { EventLineOffset = 9, EventLineCount = 9 }, fromStart: false);

        Assert.Contains("\"futureField\": \"kept\"", files.GetFile(Path).TextContents, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{\"schemaVersion\":\"\\ud800\"}")]
    public void A_cursor_that_says_nothing_is_a_fault_and_no_crash(string text)
    {
        var files = new MockFileSystem();
        files.AddFile("/c.json", new MockFileData(text));

        Assert.ThrowsAny<ContractException>(() => new CursorStore(At(files, "/c.json"), "/srv/app", "a").Load());
    }
}
