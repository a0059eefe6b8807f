using System.Globalization;
using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Replay;

namespace OpsManager.Sources.Record;

/// <summary>
/// A recording in segments, of which the oldest are deleted. Each begins with all that was known at the end of the one before, so that it
/// can be replayed without it.
/// </summary>
public sealed class SegmentedTape : ITapeSink
{
    /// <summary>The remark behind what a segment began with.</summary>
    internal const string Continues = "the recording continues";

    /// <summary>How the remark at the end of a recording begins.</summary>
    internal const string Ended = "recording ended: ";

    private static readonly TimeSpan TrimEvery = TimeSpan.FromMinutes(1);

    private readonly IFileSystem files;
    private readonly SegmentStore store;
    private readonly RecordOptions options;
    private readonly SegmentLimits limits;
    private readonly TapeRedactor redactor;
    private SegmentName name;
    private TapePlace place;
    private TapeOutput output;
    private DateTimeOffset newest;
    private DateTimeOffset trimmedAt;
    private long carried;
    private bool isEnded;

    /// <exception cref="ContractException">Another recorder is writing the segment.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public SegmentedTape(IFileSystem files, SegmentStore store, RecordOptions options, SegmentLimits limits, DateTimeOffset now)
    {
        (this.files, this.store, this.options, this.limits, newest) = (files, store, options, limits, now);
        redactor = new TapeRedactor(options.Redaction is { } rules ? new Redactor(rules) : null);
        name = new SegmentName(SegmentName.SessionAt(now), 1);
        (place, output) = Open(name);
        Trim();
    }

    public RecordingEnd? Write(TapedLook look)
    {
        newest = look.At > newest ? look.At : newest;
        output.Write(look);
        return null;
    }

    public RecordingEnd? Flush()
    {
        output.Flush();
        if (output.Size >= Math.Max(limits.SegmentBytes, 2 * carried))
        {
            Continue();
        }

        if ((newest - trimmedAt).Duration() >= TrimEvery)
        {
            Trim();
        }

        return carried <= limits.MaxCarried ? null : new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"its files have {carried / (1024 * 1024.0):0.#} MiB packed, too much for record-size in config.yaml"),
            IsFault: true);
    }

    public void End(RecordingEnd end, DateTimeOffset now)
    {
        if (!isEnded)
        {
            isEnded = true;
            output.End(now, $"{Ended}{end.Text}");
        }
    }

    public void Dispose()
    {
        output.Dispose();
        place.Dispose();
    }

    /// <summary>Ends the segment, and begins the next with what is known.</summary>
    private void Continue()
    {
        var before = place.Path;
        Dispose();
        name = name with { Number = name.Number + 1 };
        (place, output) = Open(name);
        foreach (var step in new SegmentCarry(() => Steps(before)).Steps())
        {
            output.Carry(step);
        }

        output.Carry(new TapeRemark(default, 0, Continues));
        output.Flush();
        carried = output.Size;
        Trim();
    }

    private (TapePlace Place, TapeOutput Output) Open(SegmentName segment)
    {
        var made = store.Create(options.Repo, segment);
        try
        {
            return (made, new TapeOutput(made.Stream, made.IsPacked, SingleTape.Header(options, newest), redactor));
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    private void Trim()
    {
        trimmedAt = newest;
        store.Trim(limits.TrimmedTo);
    }

    private IEnumerable<TapeStep> Steps(string path)
    {
        using var stream = RecordingPlace.Find(files, path).Open();
        foreach (var step in TapeReader.Steps(path, stream))
        {
            yield return step;
        }
    }
}
