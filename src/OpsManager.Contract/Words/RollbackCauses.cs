namespace OpsManager.Contract.Words;

/// <summary>Why a loop is rolled back (docs/rollout.md). A code is a name: it is never changed.</summary>
public static class RollbackCauses
{
    /// <summary>The log has fewer lines than were read before.</summary>
    public const string CursorRegression = FindingCodes.CursorRegression;

    /// <summary>The log no longer begins with what was read: it is another log, or was edited.</summary>
    public const string LogRewritten = "log_rewritten";

    /// <summary>intents.jsonl says that an intent took effect, and the runtime's artifacts do not.</summary>
    public const string SuccessUnconfirmed = "success_unconfirmed";

    /// <summary>What was folded step by step is not what the artifacts say when they are read again.</summary>
    public const string ProjectionMismatch = "projection_mismatch";

    /// <summary>The sprite's service says another contract status than the artifacts.</summary>
    public const string ServiceMismatch = "service_mismatch";
}
