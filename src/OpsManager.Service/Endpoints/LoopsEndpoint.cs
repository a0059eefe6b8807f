using OpsManager.Contract.Serialization;
using OpsManager.Service.Http;
using OpsManager.Service.Watch;
using OpsManager.Sources.Local;

namespace OpsManager.Service.Endpoints;

/// <summary><c>GET /ops/loops</c>.</summary>
internal sealed class LoopsEndpoint(LoopWatchers watchers, string repo)
{
    public async Task<Reply> AnswerAsync(Call call)
    {
        var list = await new LoopLister(repo, watchers.Files, watchers.Processes, ReadAsync)
            .ListAsync(call.Trace)
            .WaitAsync(call.Gone)
            .ConfigureAwait(false);
        return Reply.Json(200, list, ContractJson.Default.LoopList);
    }

    /// <summary>
    /// What is known of its run is told, or that there is none. One that is starting is a loop when it has its directory.
    /// </summary>
    private async Task<(LoopReading, string?)> WithoutDirectoryAsync(string loop)
    {
        try
        {
            return (await watchers.ReadAsync(loop).ConfigureAwait(false), null);
        }
        catch (LoopVanishedException starting) when (starting.IsStarting)
        {
            throw new IOException(starting.Message, starting);
        }
    }

    private async Task<(LoopReading, string?)> ReadAsync(string loop)
    {
        try
        {
            var watcher = watchers.For(loop);
            var sight = await watcher.LookAsync().ConfigureAwait(false);
            return (sight.Reading, (await watcher.SnapshotAsync(sight).ConfigureAwait(false)).Tag);
        }
        catch (Refusal)
        {
            return await WithoutDirectoryAsync(loop).ConfigureAwait(false);
        }
    }
}
