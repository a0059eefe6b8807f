using System.Globalization;
using OpsManager.Contract.Tapes;

namespace OpsManager.Sources.Record;

/// <summary>A recording in one file, which ends where it would become too large.</summary>
public sealed class SingleTape : ITapeSink
{
    private readonly TapePlace place;
    private readonly RecordOptions options;
    private readonly Redactor? redactor;
    private readonly TapeOutput output;
    private bool isEnded;

    /// <param name="place">Is closed with this.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="ArgumentException">A pattern of the user is none.</exception>
    public SingleTape(TapePlace place, RecordOptions options, DateTimeOffset now)
    {
        (this.place, this.options) = (place, options);
        redactor = options.Redaction is { } rules ? new Redactor(rules) : null;
        output = new TapeOutput(place.Stream, place.IsPacked, Header(options, now), new TapeRedactor(redactor));
        if (options.Mark is { } mark)
        {
            output.Remark(now, mark);
        }
    }

    public string Path => place.Path;

    /// <summary>What was redacted and how often; null where nothing was to be.</summary>
    public RedactionCounts? Redacted => redactor?.Counts;

    public TimeSpan Length => output.Length;

    public long Size => output.Size;

    /// <summary>What a tape says of itself before anything was seen.</summary>
    internal static Tape Header(RecordOptions options, DateTimeOffset now) => new("", options.Title, now, [])
    {
        Repo = options.Redaction?.RepositoryAs ?? options.Repo,
        SeesProcesses = options.SeesProcesses,
        Redaction = options.Redaction is null ? "none: nothing is redacted" : RedactionCounts.NeverComplete,
    };

    public RecordingEnd? Write(TapedLook look)
    {
        output.Write(look);
        return (place.IsPacked ? output.Size : output.Written) >= options.MaxBytes
            ? new(string.Create(CultureInfo.InvariantCulture, $"it has reached {options.MaxBytes / (1024 * 1024.0):0.#} MiB (--max-size)"))
            : null;
    }

    public RecordingEnd? Flush()
    {
        output.Flush();
        return null;
    }

    public void End(RecordingEnd end, DateTimeOffset now)
    {
        if (!isEnded)
        {
            isEnded = true;
            output.End(now, Redacted is { } counts
                ? $"recording ended: {end.Text}. Redacted: {counts.Text}; {RedactionCounts.NeverComplete}"
                : $"recording ended: {end.Text}. Nothing was redacted");
        }
    }

    public void Dispose()
    {
        output.Dispose();
        place.Dispose();
    }
}
