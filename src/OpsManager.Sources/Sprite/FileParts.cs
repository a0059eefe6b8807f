namespace OpsManager.Sources.Sprite;

/// <summary>What was read of the files of one loop.</summary>
/// <param name="Summary">SHA-256 of a summary that was read; null where none was.</param>
/// <param name="IsWhole">All that has changed was read, and is of the snapshot's moment as far as that can be told.</param>
internal readonly record struct FileParts(List<FilePart> Parts, string? Summary, bool IsWhole);
