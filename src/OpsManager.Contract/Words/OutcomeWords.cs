namespace OpsManager.Contract.Words;

/// <summary>The result of an intent, as telemetry/control.jsonl and the screen say it (docs/control.md, "Outcomes").</summary>
public static class OutcomeWords
{
    public const string Observed = "observed";
    public const string Consumed = "consumed";
    public const string Completed = "completed";
    public const string Refused = "refused";
    public const string Contradicted = "contradicted";
    public const string Unknown = "unknown";
}
