using OpsManager.Service.Http;
using OpsManager.Service.Watch;

namespace OpsManager.Service.Endpoints;

/// <summary><c>GET /ops/snapshot?loopId=L</c>.</summary>
internal sealed class SnapshotEndpoint(LoopWatchers watchers)
{
    public async Task<Reply> AnswerAsync(Call call)
    {
        call.Loop = call.Request.Query.LoopId();
        var watcher = watchers.For(call.Loop);
        var sight = await watcher.LookAsync().WaitAsync(call.Gone).ConfigureAwait(false);
        var body = await watcher.SnapshotAsync(sight).WaitAsync(call.Gone).ConfigureAwait(false);
        var tag = ("ETag", body.Tag);
        return EntityTag.Matches(call.Request.Headers.IfNoneMatch, body.Tag)
            ? new Reply(304) { ContentType = null, Headers = [tag] }
            : new Reply(200, body.With(sight.Reading.At, call.Trace)) { Headers = [tag] };
    }
}
