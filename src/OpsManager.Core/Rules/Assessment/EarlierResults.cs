using System.Collections.Immutable;
using OpsManager.Core.Rules.Control;
using OpsManager.Core.Rules.Projection;
using OpsManager.Core.Rules.Rollout;

namespace OpsManager.Core.Rules.Assessment;

/// <summary>What a loop is assessed by besides the facts: what the rules before have found, and the verdict before.</summary>
/// <param name="Cancels">Of all loops of the repository.</param>
/// <param name="Before">Some of a verdict is memory: the shared files speak of one loop and one process only.</param>
public readonly record struct EarlierResults(
    Projected Projected, ControlCases Cases, ImmutableArray<SentCancel> Cancels, Trigger? Trigger, Verdict Before);
