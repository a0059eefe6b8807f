namespace OpsManager.Contract.Words;

/// <summary>What approval.json and decisions.jsonl call a decision.</summary>
public static class DecisionWords
{
    /// <summary>No decision yet.</summary>
    public const string Pending = "pending";
    public const string Approved = "approved";
    public const string Rejected = "rejected";
}
