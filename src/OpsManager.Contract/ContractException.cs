namespace OpsManager.Contract;

/// <summary>
/// Input that the contract does not allow. The message names the file, the line where there is one, and what to do;
/// the verb that catches it prints the message, exits with 1 and leaves cursor and state as they were (fail closed).
/// </summary>
public class ContractException : Exception
{
    public ContractException(string code, string message) : base(message) => Code = code;

    public ContractException(string code, string message, Exception inner) : base(message, inner) => Code = code;

    /// <summary>One of the ingest failure codes of docs/contract.md, "Health".</summary>
    public string Code { get; }
}

/// <summary>Why an ingest failed (docs/contract.md, "Health").</summary>
public static class FailureCodes
{
    public const string SnapshotUnavailable = "snapshot_unavailable";
    public const string EventsUnavailable = "events_unavailable";
    public const string ServiceRequestFailed = "service_request_failed";
    public const string ServiceResponseInvalid = "service_response_invalid";
    public const string ProjectionFailed = "projection_failed";
}
