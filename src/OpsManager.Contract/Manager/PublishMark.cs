namespace OpsManager.Contract.Manager;

/// <summary>Where a published line is in the stream.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Sequence">Its message has this sequence number, or a higher one.</param>
public sealed record PublishMark(long Line, ulong Sequence);
