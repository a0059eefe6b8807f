namespace OpsManager.Cli;

/// <summary>Exit codes of every verb (docs/contract.md, "Command line").</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>Failed closed: the message on stderr names what and where.</summary>
    public const int Failed = 1;

    /// <summary>Sent, and what came of it cannot be told or is something else.</summary>
    public const int Ambiguous = 2;
}
