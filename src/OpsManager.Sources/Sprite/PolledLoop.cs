using OpsManager.Contract;
using OpsManager.Contract.Envelopes;

namespace OpsManager.Sources.Sprite;

/// <summary>What is known of one loop of a sprite.</summary>
/// <param name="Lifecycle">By the sprite's own judgement, where it gives one; else the contract status.</param>
/// <param name="Said">What the service said, where the copy is of that very moment; else null, for it must not be compared.</param>
internal sealed record PolledLoop(Lifecycle Lifecycle, SnapshotEnvelope? Said);

/// <summary>A loop was read, and something of it has changed.</summary>
/// <param name="RepoPath">Where the repository is on the sprite.</param>
/// <param name="LastEventAt">Null where there is none.</param>
/// <param name="SeesDecisions">The record of decisions is handed out.</param>
/// <param name="Note">What must be said of it though it was read well; null where there is nothing.</param>
internal sealed record PolledReading(
    PolledLoop Loop, string RepoPath, DateTimeOffset? LastEventAt, bool SeesDecisions, string? Note = null);

/// <summary>A loop of a sprite's list.</summary>
/// <param name="HasTag">The list has a tag that says whether it has changed.</param>
/// <param name="IsCopied">The copy is of that tag.</param>
internal readonly record struct ListedLoop(string Id, bool HasTag, bool IsCopied);

/// <summary>Somebody waits until a loop was read once more.</summary>
/// <param name="Id">Of the waiting one, in this session.</param>
internal readonly record struct Refresh(long Id, string Loop);

/// <param name="Fault">Why the copy is not up to date; null where it is.</param>
internal readonly record struct RefreshAnswer(long Id, string? Fault);
