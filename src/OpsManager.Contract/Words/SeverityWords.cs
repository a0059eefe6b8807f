namespace OpsManager.Contract.Words;

/// <summary>How grave a finding is (docs/contract.md, "Findings").</summary>
public static class SeverityWords
{
    public const string Info = "info";
    public const string Warning = "warning";
    public const string Error = "error";
}
