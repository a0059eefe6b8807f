using OpsManager.Contract.Service;
using OpsManager.Sources.Sprite;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>A path that says which log it is, and from which line on its snapshots need it.</summary>
internal sealed class LaterLines(PathTransport by, long from) : ILoopTransport
{
    /// <summary>Is called with the cursor of every page before it is read.</summary>
    public Action<long>? Asked { get; set; }

    public string Word => by.Word;

    public bool HandsOutFiles => false;

    public Task<LoopList?> LoopsAsync(CancellationToken cancel) => by.LoopsAsync(cancel);

    public async Task<TaggedSnapshot> SnapshotAsync(string loop, string? known, CancellationToken cancel) =>
        await by.SnapshotAsync(loop, known, cancel) with { Log = "log-1", From = from };

    public Task<EventPage> EventsAsync(string loop, long cursor, int most, CancellationToken cancel)
    {
        Asked?.Invoke(cursor);
        return by.EventsAsync(loop, cursor, most, cancel);
    }

    public Task<ReadOnlyMemory<byte>?> FileAsync(string loop, string name, long offset, CancellationToken cancel) =>
        by.FileAsync(loop, name, offset, cancel);
}
