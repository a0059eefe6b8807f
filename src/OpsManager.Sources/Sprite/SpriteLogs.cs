using System.Reactive.Concurrency;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Local;

namespace OpsManager.Sources.Sprite;

/// <summary>The logs of a sprite, over its service: which there are, and each of them as it is looked at.</summary>
/// <param name="state">How the sprite is reached now: one that sleeps is not woken for a log.</param>
internal sealed class SpriteLogs(SpriteHttp http, TimeProvider time, Func<SpriteState> state) : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private readonly PacedFetch fetch = new(time, Pace, TaskPoolScheduler.Default);
    private readonly Lock gate = new();
    private (string Loop, LoopFileList List)? known;

    public void Dispose() => fetch.Dispose();

    /// <summary>The logs of a loop as far as they are known; asks for them where that was not done for two seconds.</summary>
    public LoopFileList List(string loop)
    {
        if (WhyNot(state()) is { } why)
        {
            return new LoopFileList([], 0) { Fault = why };
        }

        bool isOther;
        lock (gate)
        {
            isOther = known?.Loop != loop;
        }

        fetch.Start(cancel => ListAsync(loop, cancel), atOnce: isOther);
        lock (gate)
        {
            return known is var (of, list) && of == loop
                ? list
                : new LoopFileList([], 0) { Fault = "reading the list of logs from the sprite" };
        }
    }

    /// <summary>A log; null where the path is none.</summary>
    /// <param name="path">Relative to the repository.</param>
    public ITextLines? Open(string path)
    {
        const string Root = ArtifactPaths.Loops + "/";
        return path.StartsWith(Root, StringComparison.Ordinal) && path[Root.Length..].Split('/', 2) is [var loop, var name]
            && ArtifactPaths.IsLoopId(loop) && ServiceLogs.IsLog(name)
            ? new TextLines(new SpriteLogFile(http, time, loop, name, () => WhyNot(state())), path, countedAtOnce: 0)
            : null;
    }

    /// <summary>Why an answer is none that helps, in words that say what to do; null where it is one.</summary>
    public static string? FaultOf(SpriteAnswer answer) => answer switch
    {
        { Status: 200 } => null,
        { Status: 404 or 405 } when answer.Fault is not { } said || IsUnknownPath(said) =>
            "the service is older and hands out no logs; update ops-manager on the sprite",
        { Fault: { } fault } => fault.Message,
        _ => $"the service answered {answer.Status}",
    };

    private static bool IsUnknownPath(ServiceFault fault) => fault.Message.StartsWith("there is no such path", StringComparison.Ordinal);

    private static string? WhyNot(SpriteState sprite) => sprite switch
    {
        { AsleepSince: not null } => "the sprite is asleep: its logs are read when it is awake",
        { ConnectionMode: ConnectionMode.LastKnown } => $"the sprite is unreachable: {sprite.Fault}",
        _ => null,
    };

    private async Task ListAsync(string loop, CancellationToken cancel)
    {
        LoopFileList list;
        try
        {
            var answer = await http.AskAsync(() => http.Get($"ops/log?loopId={Uri.EscapeDataString(loop)}"), cancel).ConfigureAwait(false);
            list = FaultOf(answer) is { } fault ? new LoopFileList([], 0) { Fault = fault } : Read(answer, loop);
        }
        catch (Exception error) when (error is SpriteUnansweredException or ContractException or JsonException)
        {
            list = new LoopFileList([], 0) { Fault = error.Message };
        }

        lock (gate)
        {
            known = (loop, list);
        }
    }

    private static LoopFileList Read(SpriteAnswer answer, string loop)
    {
        var read = ContractJson.Read(answer.Body, ContractJson.Default.LogList);
        return new LoopFileList(
            [
                .. read.Logs.Where(static log => ServiceLogs.IsLog(log.Name)).Take(LoopFiles.MaxFiles).Select(log => new LoopFile(
                    LoopFileGroup.Loop, $"{ArtifactPaths.Loop(loop)}/{log.Name}", log.Name, log.SizeBytes,
                    DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(log.MtimeEpoch, 0, uint.MaxValue)), null)),
            ],
            0);
    }
}
