namespace OpsManager.Contract.Words;

/// <summary>What an operator can ask for (docs/contract.md, "Command line", <c>control</c>).</summary>
public static class IntentWords
{
    public const string Approve = "approve";
    public const string Reject = "reject";
    public const string Cancel = "cancel";
}
