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
        var list = await new LoopLister(repo, watchers.Files, ReadAsync).ListAsync(call.Trace).WaitAsync(call.Gone).ConfigureAwait(false);
        return Reply.Json(200, list, ContractJson.Default.LoopList);
    }

    private async Task<(LoopReading, string?)> ReadAsync(string loop)
    {
        try
        {
            var watcher = watchers.Of(loop);
            var sight = await watcher.LookAsync().ConfigureAwait(false);
            return (sight.Reading, (await watcher.SnapshotAsync(sight).ConfigureAwait(false)).Tag);
        }
        catch (Refusal error)
        {
            // It went while the loops were listed.
            throw new IOException(error.Message, error);
        }
    }
}
