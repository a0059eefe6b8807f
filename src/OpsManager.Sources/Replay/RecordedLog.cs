using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Words;
using OpsManager.Core.Events;

namespace OpsManager.Sources.Replay;

/// <summary>
/// The lines of an events.jsonl, each at its own time (see <see cref="RecordedRows"/>), and beside them what the runtime must have written
/// then: state.json and approval.json, of which a directory has the last text at most (docs/contract.md, "The runtime").
/// </summary>
internal sealed class RecordedLog
{
    private readonly string loop;
    private readonly List<RecordedMoment> moments;
    private readonly WordTable words = new();
    private bool hasState;

    private RecordedLog(string loop, List<RecordedMoment> moments) => (this.loop, this.moments) = (loop, moments);

    /// <summary>How many lines it has.</summary>
    public int Lines { get; private set; }

    /// <exception cref="IOException">It cannot be read.</exception>
    public static RecordedLog Read(RecordedFile file, List<RecordedMoment> moments)
    {
        var log = new RecordedLog(file.Loop!, moments);
        log.Read(file);
        return log;
    }

    private void Read(RecordedFile file)
    {
        var first = moments.Count;
        var last = 0L;
        foreach (var (number, line) in RecordedRows.Lines(file))
        {
            var text = line.AsSpan().TrimEnd((byte)'\n');
            // The last line is no event until its newline is there.
            var row = line is [.., (byte)'\n'] && text.Length <= EventRowReader.MaxLineBytes
                ? EventRowReader.Read(text, 0, words)
                : EventRowReader.InvalidRow(0, text.Length);
            var at = row.Second == 0 ? 0 : DateTimeOffset.FromUnixTimeSeconds(row.Second).UtcTicks;
            if (at > 0 && last == 0)
            {
                RecordedRows.Retime(moments, first, at);
            }

            last = Math.Max(last, at);
            Before(row, line, last);
            moments.Add(new(last, MomentKind.Append, file.Path, line, number));
            After(row, last);
            Lines = number;
        }

        if (last == 0)
        {
            RecordedRows.Retime(moments, first, file.ModifiedAt.UtcTicks);
        }
    }

    /// <summary>What the runtime has written before it wrote this line.</summary>
    private void Before(EventRow row, byte[] line, long at)
    {
        switch (row.Name)
        {
            case KnownEvents.ApprovalRequested:
                Put(at, ArtifactPaths.Approval(loop), json => Approval(json, row, at, DecisionWords.Pending, null));
                break;
            case KnownEvents.ApprovalDecision when words[row.Status] is DecisionWords.Approved or DecisionWords.Rejected:
                Put(at, ArtifactPaths.Approval(loop), json => Approval(json, row, at, words[row.Status]!, line));
                break;
            case KnownEvents.ApprovalRejected:
                Remove(at);
                break;
            case KnownEvents.LoopStart or KnownEvents.IterationStart:
                State(at, row, isActive: true);
                break;
            case not (KnownEvents.Invalid or KnownEvents.Blank) when !hasState && !KnownEvents.EndsRun(row.Name):
                // The log begins in the middle of a run.
                State(at, row, isActive: true);
                break;
        }
    }

    /// <summary>What the runtime writes when it has written this line. After a rate limit, state.json stays active.</summary>
    private void After(EventRow row, long at)
    {
        switch (row.Name)
        {
            case KnownEvents.ApprovalConsumed:
                Remove(at);
                break;
            case KnownEvents.LoopComplete or KnownEvents.LoopStop or KnownEvents.ApprovalRequested:
                State(at, row, isActive: false);
                break;
        }
    }

    private void State(long at, EventRow row, bool isActive)
    {
        hasState = true;
        Put(at, ArtifactPaths.State, json =>
        {
            json.WriteBoolean("active", isActive);
            json.WriteNumber("iteration", Math.Max(0, row.Iteration));
            json.WriteString("current_loop_id", loop);
            json.WriteString("updated_at", Time(at));
        });
    }

    private void Approval(Utf8JsonWriter json, EventRow row, long at, string status, byte[]? decision)
    {
        json.WriteString("status", status);
        json.WriteString("loop_id", loop);
        json.WriteString("run_id", words[row.Run]);
        json.WriteNumber("iteration", Math.Max(0, row.Iteration));
        if (decision is null)
        {
            json.WriteString("requested_at", Time(at));
            return;
        }

        using var document = JsonDocument.Parse(JsonText.Mend(decision));
        var data = document.RootElement.Field("data");
        json.WriteString("decided_at", data?.Time("at") ?? Time(at));
        json.WriteString("decided_by", data?.Text("by"));
        json.WriteString("decided_note", data?.Text("note"));
    }

    private void Put(long at, string path, Action<Utf8JsonWriter> fields)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            fields(json);
            // Whoever opens the file sees that it is not what the runtime wrote.
            json.WriteString("inferred_from", FileNames.Events);
            json.WriteEndObject();
        }

        moments.Add(new(at, MomentKind.Inferred, path, text.ToArray()));
    }

    private void Remove(long at) => moments.Add(new(at, MomentKind.InferredRemoval, ArtifactPaths.Approval(loop), []));

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
