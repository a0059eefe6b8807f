namespace OpsManager.Contract.Words;

/// <summary>Exit codes of every verb (docs/contract.md, "Command line").</summary>
public static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>Failed closed: the message on stderr names what and where.</summary>
    public const int Failed = 1;

    /// <summary>Sent, and the result is unknown or contradicted.</summary>
    public const int Ambiguous = 2;

    /// <summary>Of <c>fleet status</c>: everything was read, and something needs a person.</summary>
    public const int NeedsPerson = 1;

    /// <summary>Of <c>diff</c>, as of the system's own diff: the two differ.</summary>
    public const int Different = 1;

    /// <summary>Of <c>diff</c>: one of the two cannot be read. Of <c>fleet status</c>: something cannot.</summary>
    public const int Unreadable = 2;

    /// <summary>It was asked to end (SIGINT, SIGTERM) before it was done.</summary>
    public const int Interrupted = 130;
}
