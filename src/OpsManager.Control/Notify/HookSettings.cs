namespace OpsManager.Control.Notify;

/// <summary>The operator's own command for notices, and how far it may go.</summary>
/// <param name="Words">The command and its arguments, each a word as it is; at least one.</param>
/// <param name="Timeout">How long one run may take before it is killed.</param>
/// <param name="PerMinute">How often it is started within any minute.</param>
public sealed record HookSettings(IReadOnlyList<string> Words, TimeSpan Timeout, int PerMinute)
{
    public const int DefaultTimeoutSeconds = 10;
    public const int DefaultPerMinute = 12;

    /// <summary>What messages call it.</summary>
    public string Name => Words[0];
}
