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

    public static Tape Read(string name, Stream stream)
    {
        var steps = new List<TapeStep>();
        (string Title, DateTimeOffset RecordedAt, string? Repo)? header = null;
        var last = TimeSpan.Zero;
        foreach (var (number, text) in Utf8Lines.Read(stream, $"tape {name}", MaxLineBytes))
        {
            var line = number == 1 ? ArtifactText.WithoutMark(text) : text;
            if (ArtifactText.IsBlank(line.Span))
            {
                continue;
            }

            var root = Parse(name, number, line);
            if (header is null)
            {
                header = Header(name, number, root);
                continue;
            }

            var step = Step(name, number, root);
            if (step.At < last)
            {
                throw Fault(
                    name, number,
                    $"\"atMs\" goes back to {step.At.TotalMilliseconds:0} after {last.TotalMilliseconds:0}; steps must be in order");
            }

            last = step.At;
            steps.Add(step);
        }

        return header is { } head
            ? new Tape(name, head.Title, head.RecordedAt, steps) { Repo = head.Repo }
            : throw Fault(name, 1, "the file is empty; the first line must be {\"tape\":\"v1\",\"title\":…,\"recordedAt\":…}");
    }

    private static JsonElement Parse(string name, int number, ReadOnlyMemory<byte> line)
    {
        if (!ArtifactText.IsUtf8(line.Span))
        {
            throw Fault(name, number, ArtifactText.NotUtf8);
        }

        try
        {
            using var document = JsonDocument.Parse(JsonText.Mend(JsonText.WithoutMark(line)));
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new ContractException(Code, $"invalid JSON in {name}, line {number}: {ArtifactText.Fault(error)}", error);
        }
    }

    private static (string Title, DateTimeOffset RecordedAt, string? Repo) Header(string name, int number, JsonElement root)
    {
        if (root.Text("tape") != ContractVersion.V1)
        {
            throw Fault(name, number, "the first line must be {\"tape\":\"v1\",\"title\":…,\"recordedAt\":…}");
        }

        return root.Time("recordedAt") is { } recordedAt
            ? (root.Text("title") ?? name, recordedAt, root.Text("repo"))
            : throw Fault(name, number, "\"recordedAt\" must be an ISO 8601 time");
    }

    private static TapeStep Step(string name, int number, JsonElement root)
    {
        if (root.Number("atMs") is not (>= 0 and var atMs))
        {
            throw Fault(name, number, "\"atMs\" must be a number of milliseconds, 0 or more");
        }

        var at = TimeSpan.FromMilliseconds(atMs);
        return root.Text("op") switch
        {
            "put" => new TapePut(at, number, Path(name, number, root), Bytes(name, number, root)),
            "append" => new TapeAppend(at, number, Path(name, number, root), Bytes(name, number, root)),
            "remove" => new TapeRemove(at, number, Path(name, number, root)),
            "process" => Process(name, number, at, root),
            "mark" => new TapeMark(
                at,
                number,
                root.Text("loop") ?? throw Fault(name, number, "\"loop\" must name a loop"),
                Word(name, number, root, "truth"),
                root.Text("why") ?? "",
                Word(name, number, root, "reference")),
            var other => throw Fault(name, number, $"\"op\" is \"{other}\"; it must be one of put, append, remove, process, mark"),
        };
    }

    private static TapeProcess Process(string name, int number, TimeSpan at, JsonElement root)
    {
        var state = ProcessState.Running;
        if (root.Text("state") is { } word && !ProcessStateWords.TryParse(word, out state))
        {
            throw Fault(name, number, $"\"state\" is \"{word}\"; it must be one of running, stopped, frozen");
        }

        var fate = root.Text("fate");
        return fate is null or "gone" or "unreadable"
            ? new TapeProcess(
                at,
                number,
                root.Number("pid") ?? throw Fault(name, number, "\"pid\" must be a number"),
                (root.Flag("alive") ?? throw Fault(name, number, "\"alive\" must be true or false")) && fate != "gone")
            {
                Loop = root.Text("loop"),
                Command = root.Text("command"),
                StartedAt = root.Time("startedAt"),
                Group = root.Number("pgid"),
                State = state,
                IsUnreadable = fate == "unreadable",
            }
            : throw Fault(name, number, $"\"fate\" is \"{fate}\"; it must be gone or unreadable");
    }

    private static string Path(string name, int number, JsonElement root) => root.Text("path") is { Length: > 0 } path && IsInside(path)
        ? path
        : throw Fault(name, number, "\"path\" must be relative to the repository and stay inside it");

    private static bool IsInside(string path) => path[0] != '/' && !path.Split('/').Contains("..");

    private static byte[] Bytes(string name, int number, JsonElement root) =>
        Encoding.UTF8.GetBytes(root.Text("text") ?? throw Fault(name, number, "\"text\" must be a string"));

    private static Lifecycle Word(string name, int number, JsonElement root, string field) =>
        LifecycleWords.TryParse(root.Text(field), out var lifecycle)
        ? lifecycle
        : throw Fault(
            name, number,
            $"\"{field}\" is \"{root.Text(field)}\"; it must be one of unknown, idle, running, awaiting_approval, complete, stopped, "
                + $"failed");

    private static ContractException Fault(string name, int number, string what) =>
        new(Code, $"invalid tape {name}, line {number}: {what}");
}
