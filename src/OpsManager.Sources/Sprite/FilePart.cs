namespace OpsManager.Sources.Sprite;

/// <summary>What was read of one file of a loop.</summary>
/// <param name="Path">In the repository.</param>
/// <param name="Offset">Where it begins in the file, in bytes; 0 replaces the file.</param>
internal readonly record struct FilePart(string Path, long Offset, ReadOnlyMemory<byte> Bytes);
