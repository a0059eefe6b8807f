using System.Globalization;
using System.Text;
using System.Text.Json;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;
using OpsManager.Contract.Text;

namespace OpsManager.Contract.Tapes;

/// <summary>Reads a tape, line by line; every fault names the file, the line and what is expected there.</summary>
public static class TapeReader
{
    /// <summary>Lines longer than this are refused: no artifact of a run is so large, and a tape is read by people too.</summary>
    public const int MaxLineBytes = 8 * 1024 * 1024;

    private const string Code = "tape_invalid";

    /// <summary>Times of a recording are far from the ends of what a time can be.</summary>
    private const int MinYear = 1970;

    private const int MaxYear = 9000;

    /// <summary>A hundred years.</summary>
    private const long MaxMilliseconds = 36_525L * 86_400_000;

    private const string Expected = "the first line must be {\"tape\":\"v1\",\"title\":…,\"recordedAt\":…}";

    /// <summary>All of a tape, or nothing.</summary>
    /// <exception cref="ContractException">A line is not what it must be.</exception>
    public static Tape Read(string name, Stream stream) => Read(name, stream, mayBeCut: false);

    /// <summary>
    /// A tape for looking at it. One that was cut in the middle of its last line is read up to there, and <see cref="Tape.Fault"/> says
    /// so; anything else that is wrong is refused as by <see cref="Read(string, Stream)"/>.
    /// </summary>
    /// <param name="stream">Throws <see cref="InvalidDataException"/> where it was packed and its packed form was cut.</param>
    /// <exception cref="ContractException">A line is not what it must be.</exception>
    public static Tape ReadToCut(string name, Stream stream) => Read(name, stream, mayBeCut: true);

    /// <summary>The steps of a whole tape one by one, for whoever does not want to hold them all.</summary>
    /// <exception cref="ContractException">A line is not what it must be.</exception>
    public static IEnumerable<TapeStep> Steps(string name, Stream stream) =>
        Utf8Lines.ReadToEnd(stream, $"tape {name}", MaxLineBytes).Skip(1).Where(static line => !ArtifactText.IsBlank(line.Line.Span))
            .Select(line => Step(name, line.Number, Parse(name, line.Number, line.Line, isHeader: false)));

    private static Tape Read(string name, Stream stream, bool mayBeCut)
    {
        var tape = new TapeUnderWay(name);
        using var lines = Utf8Lines.ReadToEnd(stream, $"tape {name}", MaxLineBytes).GetEnumerator();
        try
        {
            while (lines.MoveNext())
            {
                if (lines.Current.HasEnd || !mayBeCut || !tape.HasHeader)
                {
                    tape.Add(lines.Current.Number, lines.Current.Line);
                }
                else if (!tape.TryAddLast(lines.Current.Number, lines.Current.Line))
                {
                    return tape.Cut(lines.Current.Number);
                }
            }
        }
        catch (InvalidDataException) when (mayBeCut && tape.HasHeader)
        {
            return tape.Cut(tape.Lines + 1);
        }
        catch (InvalidDataException error)
        {
            throw new ContractException(
                Code, $"invalid tape {name}, line {tape.Lines + 1}: it cannot be unpacked; the file was cut or is damaged", error);
        }

        return tape.Finish();
    }

    private static JsonElement Parse(string name, int number, ReadOnlyMemory<byte> line, bool isHeader)
    {
        if (!ArtifactText.IsUtf8(line.Span))
        {
            throw Fault(name, number, isHeader ? $"{ArtifactText.NotUtf8}; {Expected}" : ArtifactText.NotUtf8);
        }

        try
        {
            using var document = JsonDocument.Parse(JsonText.Mend(JsonText.WithoutMark(line)));
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new ContractException(
                Code,
                $"invalid JSON in {name}, line {number}: {ArtifactText.Fault(error)}{(isHeader ? $"; {Expected}" : "")}", error);
        }
    }

    private static Tape Header(string name, int number, JsonElement root)
    {
        if (root.Text(TapeWords.Tape) is { Length: > 0 } version && version != ContractVersion.V1)
        {
            throw Fault(name, number, $"\"tape\" is \"{version}\", which this ops-manager cannot read; {Expected}");
        }

        if (root.Text(TapeWords.Tape) is null)
        {
            throw Fault(name, number, Expected);
        }

        return root.Time(TapeWords.RecordedAt) is { Year: >= MinYear and <= MaxYear } recordedAt
            ? new Tape(name, root.Text(TapeWords.Title) ?? name, recordedAt, [])
            {
                Repo = root.Text(TapeWords.Repo),
                SeesProcesses = root.Flag(TapeWords.SeesProcesses) == true,
                Redaction = root.Text(TapeWords.Redaction),
            }
            : throw Fault(name, number, $"\"recordedAt\" must be an ISO 8601 time of the years {MinYear} to {MaxYear}");
    }

    private static TapeStep Step(string name, int number, JsonElement root)
    {
        if (root.Whole(TapeWords.AtMs) is not (>= 0 and <= MaxMilliseconds and var milliseconds))
        {
            throw Fault(name, number, $"\"atMs\" must be a whole number of milliseconds from 0 to {MaxMilliseconds}");
        }

        var at = TimeSpan.FromMilliseconds(milliseconds);
        return root.Text(TapeWords.Op) switch
        {
            TapeWords.Put => new TapePut(at, number, Path(name, number, root), Bytes(name, number, root)),
            TapeWords.Append => new TapeAppend(at, number, Path(name, number, root), Bytes(name, number, root)),
            TapeWords.Remove => new TapeRemove(at, number, Path(name, number, root)) { Fault = root.Text(TapeWords.Fault) },
            TapeWords.Process => Process(name, number, at, root),
            TapeWords.Mark when root.Text(TapeWords.Text) is { } remark => new TapeRemark(at, number, remark),
            TapeWords.Mark => new TapeMark(
                at,
                number,
                root.Text(TapeWords.Loop) ?? throw Fault(name, number, "\"loop\" must name a loop"),
                Word(name, number, root, TapeWords.Truth),
                root.Text(TapeWords.Why) ?? "",
                Word(name, number, root, TapeWords.Reference)),
            var other => throw Fault(name, number, $"\"op\" is \"{other}\"; it must be one of put, append, remove, process, mark"),
        };
    }

    private static TapeProcess Process(string name, int number, TimeSpan at, JsonElement root)
    {
        var state = ProcessState.Running;
        if (root.Text(TapeWords.State) is { } word && !ProcessStateWords.TryParse(word, out state))
        {
            throw Fault(name, number, $"\"state\" is \"{word}\"; it must be one of running, stopped, frozen");
        }

        var fate = root.Text(TapeWords.Fate);
        return fate is null or TapeWords.Gone or TapeWords.Unreadable
            ? new TapeProcess(
                at,
                number,
                root.Number(TapeWords.Pid) ?? throw Fault(name, number, "\"pid\" must be a number"),
                (root.Flag(TapeWords.Alive) ?? throw Fault(name, number, "\"alive\" must be true or false")) && fate != TapeWords.Gone)
            {
                Loop = root.Text(TapeWords.Loop),
                Command = root.Text(TapeWords.Command),
                StartedAt = root.Time(TapeWords.StartedAt),
                Group = root.Number(TapeWords.Group),
                State = state,
                IsUnreadable = fate == TapeWords.Unreadable,
                Seen = Sighting(root),
            }
            : throw Fault(name, number, $"\"fate\" is \"{fate}\"; it must be gone or unreadable");
    }

    /// <summary>Words that a later recorder may write are passed over: the older fields say the same in short.</summary>
    private static TapeSighting? Sighting(JsonElement root) =>
        root.Text(TapeWords.Seen) is { } seen && TapeSightingWords.Fate(seen) is { } fate
            && TapeSightingWords.Inquiry(root.Text(TapeWords.Inquiry) ?? "") is { } inquiry
                ? new TapeSighting(fate, root.Text(TapeWords.Fact) ?? "")
                {
                    Inquiry = inquiry,
                    Ticks = root.Whole(TapeWords.Ticks) is >= 0 and var ticks ? (ulong)ticks : null,
                }
                : null;

    private static string Path(string name, int number, JsonElement root) =>
        root.Text(TapeWords.Path) is { Length: > 0 } path && IsInside(path)
            ? path
            : throw Fault(name, number, "\"path\" must be relative to the repository and stay inside it");

    private static bool IsInside(string path) => path[0] != '/' && !path.Contains('\0') && !path.Split('/').Contains("..");

    private static byte[] Bytes(string name, int number, JsonElement root) =>
        Encoding.UTF8.GetBytes(root.Text(TapeWords.Text) ?? throw Fault(name, number, "\"text\" must be a string"));

    private static Lifecycle Word(string name, int number, JsonElement root, string field) =>
        LifecycleWords.TryParse(root.Text(field), out var lifecycle)
        ? lifecycle
        : throw Fault(
            name, number,
            $"\"{field}\" is \"{root.Text(field)}\"; it must be one of unknown, idle, running, awaiting_approval, complete, stopped, "
                + $"failed");

    private static ContractException Fault(string name, int number, string what) =>
        new(Code, $"invalid tape {name}, line {number}: {what}");

    /// <summary>What has been read of a tape.</summary>
    private sealed class TapeUnderWay(string name)
    {
        private readonly List<TapeStep> steps = [];
        private Tape? header;

        public bool HasHeader => header is not null;

        public int Lines { get; private set; }

        private TimeSpan End => steps.Count == 0 ? TimeSpan.Zero : steps[^1].At;

        public void Add(int number, ReadOnlyMemory<byte> text)
        {
            Lines = number;
            var line = number == 1 ? ArtifactText.WithoutMark(text) : text;
            if (ArtifactText.IsBlank(line.Span))
            {
                return;
            }

            var root = Parse(name, number, line, isHeader: header is null);
            if (header is null)
            {
                header = Header(name, number, root);
                return;
            }

            var step = Step(name, number, root);
            if (step.At < End)
            {
                throw Fault(
                    name, number,
                    $"\"atMs\" goes back to {step.At.TotalMilliseconds:0} after {End.TotalMilliseconds:0}; steps must be in order");
            }

            steps.Add(step);
        }

        /// <summary>A last line without its end; false where it is no whole object, so that the tape was cut in it.</summary>
        public bool TryAddLast(int number, ReadOnlyMemory<byte> text)
        {
            if (ArtifactText.IsBlank(text.Span))
            {
                return true;
            }

            try
            {
                Parse(name, number, text, isHeader: false);
            }
            catch (ContractException)
            {
                return false;
            }

            Add(number, text);
            return true;
        }

        public Tape Finish() => header is not null
            ? header with { Steps = steps }
            : throw Fault(name, 1, $"the file is empty; {Expected}");

        public Tape Cut(int line)
        {
            var end = End.ToString(End.TotalHours >= 1 ? @"h\:mm\:ss" : @"mm\:ss", CultureInfo.InvariantCulture);
            return Finish() with { Fault = $"{name}, line {line} is incomplete: the recording ends at {end}" };
        }
    }
}
