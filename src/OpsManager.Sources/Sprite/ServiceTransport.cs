using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Contract.Words;

namespace OpsManager.Sources.Sprite;

/// <summary>A sprite's service (docs/contract.md, "Service"). A plain v1 service will do: what it has not is said to be absent.</summary>
/// <param name="isProbing">Ask once only, whatever failed before.</param>
public sealed class ServiceTransport(SpriteHttp http, bool isProbing = false) : ILoopTransport
{
    public string Word => WayNames.Service;

    public bool HandsOutFiles => true;

    public async Task<LoopList?> LoopsAsync(CancellationToken cancel)
    {
        const string Path = "ops/loops";
        var answer = await AskAsync(() => http.Get(Path), cancel).ConfigureAwait(false);
        if (answer.Status is 404 or 405)
        {
            return null;
        }

        return Read(Good(answer, Path), Path, ContractJson.Default.LoopList);
    }

    public async Task<TaggedSnapshot> SnapshotAsync(string loop, string? known, CancellationToken cancel)
    {
        var path = $"ops/snapshot?loopId={Uri.EscapeDataString(loop)}";
        var answer = await AskAsync(
            () =>
            {
                var request = http.Get(path);
                if (known is not null && EntityTagHeaderValue.TryParse(known, out var tag))
                {
                    request.Headers.IfNoneMatch.Add(tag);
                }

                return request;
            },
            cancel).ConfigureAwait(false);
        return answer.Status == 304 && known is not null
            ? new TaggedSnapshot(null, known)
            : new TaggedSnapshot(EnvelopeReader.Snapshot(Good(answer, path).Body, Where(path), loop), answer.Tag);
    }

    public bool MayBeSlow => true;

    public async Task<EventPage?> TryEventsAsync(string loop, long cursor, int most, CancellationToken cancel)
    {
        var path = EventsPath(loop, cursor, most);
        // What fails at once is asked again as anything else is; only what takes too long is not.
        return await http.TryAsync(() => http.Get(path), cancel).ConfigureAwait(false) switch
        {
            { IsSlow: true } => null,
            { Answer: { IsPassing: false } answer } => EventPageReader.Read(Good(answer, path).Body, Where(path), loop, cursor),
            _ => await EventsAsync(loop, cursor, most, cancel).ConfigureAwait(false),
        };
    }

    public async Task<EventPage> EventsAsync(string loop, long cursor, int most, CancellationToken cancel)
    {
        var path = EventsPath(loop, cursor, most);
        var answer = await AskAsync(() => http.Get(path), cancel).ConfigureAwait(false);
        return EventPageReader.Read(Good(answer, path).Body, Where(path), loop, cursor);
    }

    public async Task<ReadOnlyMemory<byte>?> FileAsync(string loop, string name, long offset, CancellationToken cancel)
    {
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"ops/file?loopId={Uri.EscapeDataString(loop)}&name={Uri.EscapeDataString(name)}&offset={offset}");
        return Good(await AskAsync(() => http.Get(path), cancel).ConfigureAwait(false), path).Body;
    }

    private static string EventsPath(string loop, long cursor, int most) => string.Create(
        CultureInfo.InvariantCulture, $"ops/events?loopId={Uri.EscapeDataString(loop)}&cursor={cursor}&maxEvents={most}");

    private async Task<SpriteAnswer> AskAsync(Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        try
        {
            return await (isProbing ? http.ProbeAsync(make, cancel) : http.AskAsync(make, cancel)).ConfigureAwait(false);
        }
        catch (SpriteUnansweredException error)
        {
            throw new ContractException(FailureCodes.ServiceRequestFailed, error.Message, error);
        }
    }

    private SpriteAnswer Good(SpriteAnswer answer, string path)
    {
        if (answer.Status == 200)
        {
            return answer;
        }

        var said = $"{Where(path)} answered {answer.Status}{(answer.Fault is { } fault ? $": {fault.Message}" : "")}";
        throw answer switch
        {
            { IsOfLoop: true } => new ContractException(FailureCodes.SnapshotUnavailable, said),
            { Status: >= 300 and < 400 } => new ContractException(
                FailureCodes.ServiceRequestFailed,
                $"{Where(path)} redirects to another address ({answer.Status}), and the token is sent to no other; set url to that "
                    + $"address"),
            { Status: 401 or 403 } => new ContractException(
                FailureCodes.ServiceRequestFailed,
                $"{Where(path)} refused the token ({answer.Status}): set service-token for the service, sprite-token for the sprite's "
                    + $"URL"),
            { RetryAfter: { } later } => new BusyServiceException(said, later),
            _ => new ContractException(FailureCodes.ServiceRequestFailed, said),
        };
    }

    private T Read<T>(SpriteAnswer answer, string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return ContractJson.Read(answer.Body, type);
        }
        catch (JsonException error)
        {
            throw new ContractException(
                FailureCodes.ServiceResponseInvalid, $"invalid JSON in {Where(path)}: {ArtifactText.Fault(error)}", error);
        }
    }

    private string Where(string path) => http.Address.Show(path);
}
