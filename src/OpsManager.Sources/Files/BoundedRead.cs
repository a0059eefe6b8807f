namespace OpsManager.Sources.Files;

/// <summary>Reads small files whole, never more than a limit.</summary>
internal static class BoundedRead
{
    /// <summary>Largest small artifact that is read, in bytes. run-summary.json grows by about 3 KB an iteration.</summary>
    public const int MaxArtifactBytes = 32 * 1024 * 1024;

    /// <summary>The whole file of about <paramref name="expected"/> bytes; null where it is larger than the limit.</summary>
    public static byte[]? Whole(IRepoFiles files, string path, long expected, int maxBytes = MaxArtifactBytes)
    {
        if (expected > maxBytes)
        {
            return null;
        }

        // One byte more than expected, so that a file that has grown since is noticed and read again.
        var buffer = new byte[expected + 1];
        var read = files.ReadAt(path, 0, buffer);
        while (read == buffer.Length)
        {
            if (buffer.Length > maxBytes)
            {
                return null;
            }

            Array.Resize(ref buffer, Math.Min((buffer.Length * 2) + 4096, maxBytes + 1));
            read += files.ReadAt(path, read, buffer.AsSpan(read));
        }

        return buffer.AsSpan(0, read).ToArray();
    }
}
