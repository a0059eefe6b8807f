using System.Globalization;
using System.Text;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// The sprite's own <c>ops-manager</c>, run by a command whose words go to another host, such as <c>ssh HOST</c>. What may pass a
/// shell on the sprite on its way is restricted to characters that mean nothing to one.
/// </summary>
/// <param name="prefix">The words before <c>ops-manager</c>; each stands for itself.</param>
/// <param name="repo">The repository on the sprite; null for the nearest one from the directory in which the command starts.</param>
/// <param name="timeout">Of one command: it may have to log in, and to wake a sprite.</param>
public sealed class CommandTransport(
    ChildProcess children, IReadOnlyList<string> prefix, string? repo, string traceId, TimeProvider time,
    TimeSpan timeout) : ILoopTransport
{
    private const int MaxErrorBytes = 2000;

    public string Word => WayNames.Command;

    public bool HandsOutFiles => false;

    public bool CountsBlankLines => false;

    public async Task<LoopList?> LoopsAsync(CancellationToken cancel)
    {
        var text = await RunAsync([VerbNames.Loops, FlagNames.Json], cancel).ConfigureAwait(false);
        try
        {
            return ContractJson.Read(text, ContractJson.Default.LoopList);
        }
        catch (JsonException error)
        {
            throw new ContractException(
                FailureCodes.ServiceResponseInvalid, $"invalid JSON in what {Name} printed: {ArtifactText.Fault(error)}", error);
        }
    }

    public async Task<TaggedSnapshot> SnapshotAsync(string loop, string? known, CancellationToken cancel) =>
        new(EnvelopeReader.Snapshot(await RunAsync(
            [VerbNames.Snapshot, FlagNames.Loop, loop, FlagNames.Extras, FlagNames.TraceId, traceId],
            cancel).ConfigureAwait(false), $"what {Name} printed", loop), null);

    public async Task<EventPage> EventsAsync(string loop, long cursor, int most, CancellationToken cancel)
    {
        string[] words = [
            VerbNames.Events, FlagNames.Loop, loop, FlagNames.Cursor, Number(cursor), FlagNames.MaxEvents, Number(most), FlagNames.TraceId,
            traceId
        ];
        var text = await RunAsync(words, cancel).ConfigureAwait(false);
        var where = $"what {Name} printed";
        var events = new List<EventEnvelope>();
        using var stream = new MemoryStream(text.ToArray());
        foreach (var (number, line) in Utf8Lines.Read(stream, where, SpriteHttp.MaxBytes))
        {
            if (!ArtifactText.IsBlank(line.Span))
            {
                events.Add(EnvelopeReader.Event(line, $"{where}, line {number}", loop));
            }
        }

        EventPageReader.Ordered(events, where, cursor);
        // The verb says where it ended by its last event alone. Lines behind it that hold none are counted with the next one.
        var last = events.Count > 0 ? events[^1].Cursor : new CursorRef { EventLineOffset = cursor, EventLineCount = cursor };
        var end = events.Count < most ? last.Lines : last.EventLineOffset;
        return new EventPage
        {
            SchemaVersion = ContractVersion.V1,
            TraceId = traceId,
            Source = events.Count > 0 ? events[^1].Source : new SourceRef { RepoPath = repo ?? "", LoopId = loop },
            Events = events,
            Cursor = new PageCursor { EventLineOffset = end, EventLineCount = last.Lines, UpdatedAt = time.GetUtcNow() },
        };
    }

    public Task<ReadOnlyMemory<byte>?> FileAsync(string loop, string name, long offset, CancellationToken cancel) =>
        Task.FromResult<ReadOnlyMemory<byte>?>(null);

    private string Name => string.Join(' ', prefix);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<ReadOnlyMemory<byte>> RunAsync(IReadOnlyList<string> words, CancellationToken cancel)
    {
        string[] own = [.. words, .. repo is null ? (string[])[] : [FlagNames.Repo, repo]];
        if (own.FirstOrDefault(static word => !IsPlain(word)) is { } odd)
        {
            throw new ContractException(
                FailureCodes.ServiceRequestFailed,
                $"\"{odd}\" cannot be given to a command on a sprite: it has more than letters, digits and . _ - / : @ + , =");
        }

        var result = await children.RunAsync(
            new ChildCommand(prefix[0], [.. prefix.Skip(1), "ops-manager", .. own])
            {
                MaxOutputBytes = SpriteHttp.MaxBytes,
                MaxErrorBytes = MaxErrorBytes,
                Timeout = timeout,
            },
            cancel).ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        if (result.Fault is { } fault)
        {
            throw new ContractException(FailureCodes.ServiceRequestFailed, $"{(result.WasStarted ? Name : prefix[0])} {fault}");
        }

        if (result.ExitCode != 0)
        {
            var said = Encoding.UTF8.GetString(result.Errors.Span).Trim();
            throw new ContractException(FailureCodes.ServiceRequestFailed, $"{Name} ended with exit code {result.ExitCode}: {said}");
        }

        // Whatever holds the output may still write to it: half an answer must not pass for a whole one.
        return result switch
        {
            { IsOutputCut: true } => throw TooLargeException.Create($"what {Name} printed"),
            { HasAllOutput: false } => throw new ContractException(
                FailureCodes.ServiceRequestFailed, $"{Name} has exited, but something that it started still holds its output"),
            _ => result.Output,
        };
    }

    private static bool IsPlain(string word) => word.Length > 0 && word.All(
        static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '/' or ':' or '@' or '+' or ',' or '=');
}
