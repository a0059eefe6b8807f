using OpsManager.Contract.Serialization;
using OpsManager.Contract.Words;
using OpsManager.Service.Act;
using OpsManager.Service.Http;

namespace OpsManager.Service.Endpoints;

/// <summary><c>POST /ops/control</c>.</summary>
internal sealed class ControlEndpoint(ControlRequests requests)
{
    public async Task<Reply> AnswerAsync(Call call)
    {
        var key = call.Request.Headers[HeaderNames.IdempotencyKey].ToString();
        var answered = await requests.AnswerAsync(call.Body, key, call).ConfigureAwait(false);
        return Reply.Json(answered.Status, answered.Answer, ContractJson.Default.ControlAnswer);
    }
}
