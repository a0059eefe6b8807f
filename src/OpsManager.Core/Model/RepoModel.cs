using System.Collections.Immutable;
using OpsManager.Core.Facts;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Core.Model;

/// <summary>What is known of one repository, and what follows from it.</summary>
public sealed record RepoModel(string Path) : RepoFacts(Path)
{
    /// <summary>The cancels of all its loops: one is for the repository, so each loop is judged by all of them.</summary>
    public ImmutableArray<SentCancel> Cancels { get; init; } = [];

    public ImmutableSortedDictionary<string, LoopModel> Loops { get; init; } = ImmutableSortedDictionary.Create<string, LoopModel>(
        StringComparer.Ordinal);

    public override LoopFacts? FactsOf(string loop) => Loops.TryGetValue(loop, out var found) ? found : null;

    public override IEnumerable<LoopFacts> FactsOfLoops() => Loops.Values;
}
