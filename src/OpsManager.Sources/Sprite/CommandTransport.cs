using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;
using OpsManager.Contract.Service;

namespace OpsManager.Sources.Sprite;

// It reads by a command that runs elsewhere, and acts on nothing: the one place beside the executor.
#pragma warning disable RS0030

/// <summary>
/// The sprite's own <c>ops-manager</c>, run by a command whose words go to another host, such as <c>ssh HOST</c>. What may pass a
/// shell over there on its way is restricted to characters that mean nothing to one.
/// </summary>
/// <param name="prefix">The words before <c>ops-manager</c>; each stands for itself.</param>
/// <param name="repo">The repository over there; null for the nearest one from the directory in which the command starts.</param>
/// <param name="timeout">Of one command: it may have to log in, and to wake a sprite.</param>
public sealed class CommandTransport(IReadOnlyList<string> prefix, string? repo, string traceId, TimeProvider time, TimeSpan timeout) : ILoopTransport
{
    private const int MaxErrorChars = 2000;

    public string Word => "command";

    public bool HandsOutFiles => false;

    public bool CountsBlankLines => false;

    public async Task<LoopList?> LoopsAsync(CancellationToken cancel)
    {
        var text = await RunAsync(["loops", "--json"], cancel).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(text.Span, ContractJson.Default.LoopList) ?? throw new JsonException("it is null");
        }
        catch (JsonException error)
        {
            throw new ContractException(FailureCodes.ServiceResponseInvalid, $"invalid JSON in what {Name} printed: {ArtifactText.Fault(error)}", error);
        }
    }

    public async Task<TaggedSnapshot> SnapshotAsync(string loop, string? known, CancellationToken cancel) =>
        new(EnvelopeReader.Snapshot(await RunAsync(["snapshot", "--loop", loop, "--extras", "--trace-id", traceId], cancel).ConfigureAwait(false), $"what {Name} printed", loop), null);

    public async Task<EventPage> EventsAsync(string loop, long cursor, int most, CancellationToken cancel)
    {
        string[] words = ["events", "--loop", loop, "--cursor", Number(cursor), "--max-events", Number(most), "--trace-id", traceId];
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
        var end = events.Count < most ? last.EventLineCount : last.EventLineOffset;
        return new EventPage
        {
            SchemaVersion = ContractVersion.V1,
            TraceId = traceId,
            Source = events.Count > 0 ? events[^1].Source : new SourceRef { RepoPath = repo ?? "", LoopId = loop },
            Events = events,
            Cursor = new PageCursor { EventLineOffset = end, EventLineCount = last.EventLineCount, UpdatedAt = time.GetUtcNow() },
        };
    }

    public Task<ReadOnlyMemory<byte>?> FileAsync(string loop, string name, long offset, CancellationToken cancel) => Task.FromResult<ReadOnlyMemory<byte>?>(null);

    private string Name => string.Join(' ', prefix);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<ReadOnlyMemory<byte>> RunAsync(IReadOnlyList<string> words, CancellationToken cancel)
    {
        string[] own = [.. words, .. repo is null ? (string[])[] : ["--repo", repo]];
        if (own.FirstOrDefault(static word => !IsPlain(word)) is { } odd)
        {
            throw new ContractException(FailureCodes.ServiceRequestFailed, $"\"{odd}\" is not handed to a command on another host: it holds more than letters, digits and . _ - / : @ + , =");
        }

        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(prefix[0], [.. prefix.Skip(1), "ops-manager", .. own])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            throw new ContractException(FailureCodes.ServiceRequestFailed, $"{prefix[0]} cannot be started: {error.Message}", error);
        }

        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            var errors = ErrorsAsync(process.StandardError, either.Token);
            var output = await OutputAsync(process.StandardOutput.BaseStream, either.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            var said = await errors.ConfigureAwait(false);
            return process.ExitCode == 0
                ? output ?? throw TooLargeException.Of($"what {Name} printed")
                : throw new ContractException(FailureCodes.ServiceRequestFailed, $"{Name} ended with {process.ExitCode}: {said}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new ContractException(FailureCodes.ServiceRequestFailed, $"{Name} did not end within {timeout.TotalSeconds:0} s");
        }
        finally
        {
            Kill(process);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or AggregateException)
        {
            // It has ended meanwhile, or runs as somebody else; its answer counts no more either way.
        }
    }

    private static bool IsPlain(string word) => word.Length > 0 && word.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '/' or ':' or '@' or '+' or ',' or '=');

    /// <summary>Null where there is more than is read.</summary>
    private static async Task<ReadOnlyMemory<byte>?> OutputAsync(Stream stream, CancellationToken cancel)
    {
        using var output = new MemoryStream();
        var buffer = new byte[32 * 1024];
        while (await stream.ReadAsync(buffer, cancel).ConfigureAwait(false) is > 0 and var read)
        {
            if (output.Length <= SpriteHttp.MaxBytes)
            {
                output.Write(buffer, 0, read);
            }
        }

        return output.Length > SpriteHttp.MaxBytes ? null : output.ToArray();
    }

    private static async Task<string> ErrorsAsync(StreamReader stream, CancellationToken cancel)
    {
        var said = new StringBuilder();
        var buffer = new char[1024];
        while (await stream.ReadAsync(buffer, cancel).ConfigureAwait(false) is > 0 and var read)
        {
            said.Append(buffer, 0, Math.Min(read, MaxErrorChars - said.Length));
        }

        return said.ToString().Trim();
    }
}
