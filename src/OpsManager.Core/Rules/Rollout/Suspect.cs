using OpsManager.Contract.Manager;

namespace OpsManager.Core.Rules.Rollout;

/// <summary>A row that says that an intent took effect, which the artifacts do not show.</summary>
/// <param name="Number">Of the row among those of intents.jsonl, from 1.</param>
public sealed record Suspect(long Number, IntentRow Row, string Why);
