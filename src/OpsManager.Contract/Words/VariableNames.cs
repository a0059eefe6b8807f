namespace OpsManager.Contract.Words;

/// <summary>Variables of the environment that are read (docs/contract.md, "Command line").</summary>
public static class VariableNames
{
    public const string RuntimeCommand = "SUPERLOOP_BIN";
    public const string ServiceToken = "OPS_MANAGER_SERVICE_TOKEN";
    public const string SpriteToken = "OPS_MANAGER_SPRITE_TOKEN";

    /// <summary>The text of a credentials file for a NATS server.</summary>
    public const string NatsCredentials = "OPS_MANAGER_NATS_CREDENTIALS";
    public const string TraceId = "OPS_MANAGER_TRACE_ID";
    public const string ThresholdProfile = "OPS_MANAGER_THRESHOLD_PROFILE";
    public const string Terminal = "OPS_MANAGER_TERMINAL";
}
