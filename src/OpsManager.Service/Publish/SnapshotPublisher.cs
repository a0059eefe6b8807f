using System.Globalization;
using OpsManager.Contract.Fleet;
using OpsManager.Service.Watch;
using OpsManager.Sources.Local;

namespace OpsManager.Service.Publish;

/// <summary>Publishes the snapshot of one loop whenever it says something new, and that the loop is gone.</summary>
internal sealed class SnapshotPublisher(SubjectWriter writer, string publisher)
{
    private const string Gone = "1";

    /// <summary>Of the last one in the stream; null where there is none, or it says that the loop is gone.</summary>
    public string? Tag { get; private set; }

    private bool isGone;

    /// <param name="position">Of the log: what was read of it is published.</param>
    /// <exception cref="BusFault">It was not taken, or nothing is known of it.</exception>
    public async Task PublishAsync(SnapshotBody body, LoopReading reading, LogPosition position, CancellationToken cancel)
    {
        var from = reading.Loop.Tally.FirstNeeded;
        (string Name, string? Value)[] headers =
        [
            (FleetHeaders.Tag, body.Tag), (FleetHeaders.Line, reading.Lines.ToString(CultureInfo.InvariantCulture)),
            (FleetHeaders.Log, position.Log), (FleetHeaders.From, from.ToString(CultureInfo.InvariantCulture)),
            (FleetHeaders.FromSequence, position.Marks.Behind(from)?.ToString(CultureInfo.InvariantCulture)),
        ];
        do
        {
            await AlignAsync(cancel).ConfigureAwait(false);
            if (Tag == body.Tag)
            {
                return;
            }
        }
        while (!await writer.TrySendAsync(Joined(body.With(reading.At, publisher)), headers, null, cancel).ConfigureAwait(false));

        (Tag, isGone) = (body.Tag, false);
    }

    /// <summary>Says that the loop is gone, where its last snapshot is still the last message.</summary>
    /// <exception cref="BusFault">It was not taken, or nothing is known of it.</exception>
    public async Task PublishGoneAsync(CancellationToken cancel)
    {
        do
        {
            await AlignAsync(cancel).ConfigureAwait(false);
            if (isGone || writer.LastSequence == 0)
            {
                return;
            }
        }
        while (!await writer.TrySendAsync(default, [(FleetHeaders.Gone, Gone)], null, cancel).ConfigureAwait(false));

        (Tag, isGone) = (null, true);
    }

    private async Task AlignAsync(CancellationToken cancel)
    {
        if (writer.IsAligned)
        {
            return;
        }

        var last = await writer.LastAsync(cancel).ConfigureAwait(false);
        isGone = last?.IsGone == true;
        Tag = last is null || last.IsGone || last.IsCutOff ? null : last.Tag;
        writer.Align(last?.Sequence ?? 0);
    }

    private static byte[] Joined(ReadOnlyMemory<byte>[] parts)
    {
        var all = new byte[parts.Sum(static part => part.Length)];
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(all.AsMemory(at));
            at += part.Length;
        }

        return all;
    }
}
