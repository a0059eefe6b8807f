using System.Globalization;
using OpsManager.Contract.Text;
using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Follow;

/// <summary>
/// Follows one events.jsonl: indexes what was appended, reads no byte twice, and starts over, saying so, when the log is not the
/// one it was. A large log is read from its end first, and its end is followed while the rest is indexed.
/// </summary>
internal sealed class LogFollower(IRepoFiles files, string repo, string loop, string path, FollowOptions options)
{
    /// <summary>A log larger than this, 4 GiB, is not read: about fifteen million events.</summary>
    public const long MaxLogBytes = 4L * 1024 * 1024 * 1024;

    private EventLog? log;
    private LineScanner? scanner;
    private LogAnchors anchors = new();
    private FileStamp stamp;
    private ArtifactCondition condition = ArtifactCondition.Unseen;
    private string? fault;
    private int told = -1;
    private LogTail? tail;
    private bool showsTail;
    private bool toldPart;
    private KnownLog? known = options.Known;
    private long keptTo;
    private int filled;

    /// <summary>True while there is more to index than one look takes: look again at once.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Adds what is new to <paramref name="batch"/>.</summary>
    public void Look(DateTimeOffset now, List<Observation> batch)
    {
        var probe = files.Probe(path);
        if (probe.Condition != ArtifactCondition.Present)
        {
            Unavailable(now, probe.Condition, probe.Fault, batch);
            return;
        }

        if (condition == ArtifactCondition.Present && probe.Stamp == stamp && !HasMore)
        {
            return;
        }

        try
        {
            if (IsFilled() && log is not null)
            {
                batch.Add(new LogFilled(now, repo, loop));
                StartOver();
            }

            if (WhatBroke(probe.Stamp) is var (kind, fact))
            {
                batch.Add(new LogBroke(now, repo, loop, kind, fact));
                StartOver();
            }

            if (WhyNot(probe.Stamp) is { } why)
            {
                Unavailable(now, ArtifactCondition.Unreadable, why, batch);
                return;
            }

            Read(now, probe.Stamp, batch);
        }
        catch (FileNotFoundException)
        {
            Unavailable(now, ArtifactCondition.Missing, null, batch);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Unavailable(now, ArtifactCondition.Unreadable, error.Message, batch);
        }
    }

    private void Read(DateTimeOffset now, FileStamp seen, List<Observation> batch)
    {
        var isFirst = log is null;
        if (isFirst)
        {
            known = known?.MayBe(seen) == true ? known : null;
            var kept = known is null ? FindKept(seen) : null;
            log = kept ?? (known is null ? new EventLog() : new EventLog(known.Tally));
            scanner = new LineScanner(log, kept?.EndOffset ?? known?.LastLine ?? 0);
            tail = known is null && seen.Size - scanner.Position > options.TailFirstBytes
                ? LogTail.Open(files, path, seen.Size, options.TailBytes)
                : null;
        }

        // The end is shown before anything else is read.
        HasMore = isFirst && tail is not null;
        if (!HasMore)
        {
            var budget = ForwardRead.To(files, path, scanner!, anchors, seen.Size, options.SliceBytes);
            HasMore = scanner!.Position < seen.Size && budget <= 0;
        }

        if (scanner?.IsEndless == true)
        {
            stamp = seen;
            Unavailable(now, ArtifactCondition.Unreadable, LineCutter.NoLines, batch);
            return;
        }

        var isBack = condition != ArtifactCondition.Present;
        stamp = seen;
        condition = ArtifactCondition.Present;
        fault = null;

        // While the tail is shown, the index behind it is not: half an index would be a log that ends in the past.
        tail = HasMore ? tail : null;
        tail?.ReadOn(files, path, seen.Size);
        var shown = tail?.Log ?? log!;
        var isPart = HasMore && tail is null;
        if (told != shown.Count || isBack || toldPart != isPart || (!HasMore && showsTail))
        {
            told = shown.Count;
            showsTail = tail is not null;
            toldPart = isPart;
            batch.Add(new EventsSeen(now, repo, loop, shown, told, seen) { HasMore = isPart });
        }

        if (!HasMore)
        {
            Keep(seen);
        }
    }

    /// <summary>The index that was kept of this log, with what is remembered of the log; null where it is not of this log.</summary>
    private EventLog? FindKept(FileStamp seen)
    {
        if (seen.Size <= options.TailFirstBytes || options.Indexes?.Find(seen) is not { } kept || !kept.MayBe(seen)
            || LogAnchors.Find(files, path, kept.ReadTo, kept.Fingerprint.Span) is not { } found || kept.Open() is not { } opened)
        {
            return null;
        }

        found.Continue(opened.EndOffset);
        (anchors, keptTo) = (found, opened.EndOffset);
        return opened;
    }

    /// <summary>Has a large log's index kept when it is whole, and again when the log has grown by a good part.</summary>
    private void Keep(FileStamp seen)
    {
        if (options.Indexes is { } indexes && known is null && log is { } whole
            && whole.EndOffset - keptTo > Math.Max(options.TailFirstBytes, keptTo / 8))
        {
            keptTo = whole.EndOffset;
            indexes.Keep(new IndexedLog(seen, anchors.End, anchors.Fingerprint(), new EventLogPart(whole)));
        }
    }

    /// <summary>Whether lines that were left out came since the last look.</summary>
    private bool IsFilled()
    {
        var before = filled;
        filled = options.Filled?.Times(loop) ?? 0;
        return filled != before;
    }

    /// <summary>Why it is not read; null where it is.</summary>
    private string? WhyNot(FileStamp seen) =>
        seen.Size > MaxLogBytes ? $"larger than {MaxLogBytes / (1024 * 1024 * 1024)} GiB; move it away"
        : scanner?.IsEndless == true ? LineCutter.NoLines
        : null;

    private (LogBreakKind Kind, string Fact)? WhatBroke(FileStamp seen)
    {
        if (log is null || scanner is null)
        {
            return null;
        }

        if (condition == ArtifactCondition.Missing)
        {
            return (LogBreakKind.Rewritten, Lines("the log was removed and created again; {0} had been read"));
        }

        if (seen.Identity != stamp.Identity)
        {
            return (LogBreakKind.Rewritten, Lines("another file has replaced the log; {0} had been read"));
        }

        var read = Math.Max(scanner.Position, tail?.Position ?? 0);
        if (seen.Size < read)
        {
            var fact = string.Create(
                CultureInfo.InvariantCulture,
                $"the log was cut from {read} to {seen.Size} bytes; {Counts.Text(Math.Max(log.Count, told), "line")} had been read");
            return (LogBreakKind.Truncated, fact);
        }

        return anchors.Hold(files, path)
            ? null
            : (LogBreakKind.Rewritten, Lines("the log no longer begins with what was read before ({0})"));
    }

    private string Lines(string format) => string.Format(CultureInfo.InvariantCulture, format, Counts.Text(log!.Count, "line"));

    private void StartOver()
    {
        (log, scanner, tail, anchors, told, showsTail, HasMore) = (null, null, null, new LogAnchors(), -1, false, false);
        (known, keptTo) = (null, 0);
    }

    private void Unavailable(DateTimeOffset now, ArtifactCondition seen, string? why, List<Observation> batch)
    {
        HasMore = false;
        if (stamp == default)
        {
            // Nothing of it was read yet: there is no identity that a later look could compare with.
            StartOver();
        }

        if (condition == seen && fault == why)
        {
            return;
        }

        (condition, fault) = (seen, why);
        batch.Add(new EventsUnavailable(now, repo, loop, seen, why));
    }
}
