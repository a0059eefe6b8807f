namespace OpsManager.Contract.Words;

/// <summary>What intents.jsonl calls the result of an intent (docs/contract.md, "Manager files").</summary>
public static class IntentStatuses
{
    public const string Confirmed = "confirmed";
    public const string Ambiguous = "ambiguous";
    public const string FailedCommand = "failed_command";
    public const string ExecutedUnconfirmed = "executed_unconfirmed";
}
