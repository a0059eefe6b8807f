using OpsManager.Contract.Service;

namespace OpsManager.Service.Http;

/// <summary>The service refuses a request, with the reason for its caller.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">One of <see cref="ServiceCodes"/>.</param>
/// <param name="message">For people.</param>
internal sealed class Refusal(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    public static Refusal Invalid(string message) => new(400, ServiceCodes.InvalidRequest, message);

    public static Refusal NotFound(string message) => new(404, ServiceCodes.NotFound, message);

    public static Refusal Broken(string message) => new(502, ServiceCodes.RuntimeError, message);

    public static Refusal Busy(string message) => new(503, ServiceCodes.Busy, message);
}
