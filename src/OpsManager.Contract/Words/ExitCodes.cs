namespace OpsManager.Contract.Words;

/// <summary>Exit codes of every verb (docs/contract.md, "Command line").</summary>
public static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>Failed closed: the message on stderr names what and where.</summary>
    public const int Failed = 1;

    /// <summary>Sent, and the result is unknown or contradicted.</summary>
    public const int Ambiguous = 2;
}
