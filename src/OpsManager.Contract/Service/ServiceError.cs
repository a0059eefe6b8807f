namespace OpsManager.Contract.Service;

/// <summary>What the service answers where it does not do what it is asked for (docs/contract.md, "Service").</summary>
public sealed record ServiceError
{
    public bool Ok { get; init; }

    public required ServiceFault Error { get; init; }
}

/// <param name="Code">One of <see cref="ServiceCodes"/>.</param>
/// <param name="Message">For people; names the file and what to do where there is one.</param>
public sealed record ServiceFault(string Code, string Message);

/// <summary>Codes of errors, each with the status it comes with (docs/contract.md, "Service").</summary>
public static class ServiceCodes
{
    /// <summary>400</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>400</summary>
    public const string InvalidJson = "invalid_json";

    /// <summary>401</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>404</summary>
    public const string NotFound = "not_found";

    /// <summary>413; additive</summary>
    public const string TooLarge = "too_large";

    /// <summary>502</summary>
    public const string RuntimeError = "runtime_error";

    /// <summary>503; additive</summary>
    public const string Busy = "busy";
}
