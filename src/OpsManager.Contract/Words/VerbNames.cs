namespace OpsManager.Contract.Words;

/// <summary>Verbs that one ops-manager asks of another (docs/contract.md, "Command line").</summary>
public static class VerbNames
{
    public const string Loops = "loops";
    public const string Snapshot = "snapshot";
    public const string Events = "events";
}
