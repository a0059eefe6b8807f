namespace OpsManager.Sources.Local;

/// <summary>These bytes of a file are elsewhere, and are being fetched.</summary>
public sealed class NotFetchedYetException() : IOException("reading it from the sprite");
