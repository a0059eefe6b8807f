namespace OpsManager.Contract.Service;

/// <summary>Trace ids that callers name: they come back in a header and are in files, so not every text is one.</summary>
public static class TraceIds
{
    public const int MaxLength = 128;

    public static bool IsOne(string? text) =>
        text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
