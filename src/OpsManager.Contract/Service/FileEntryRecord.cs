using OpsManager.Contract.Words;

namespace OpsManager.Contract.Service;

/// <summary>A file of a loop that can be read whole by <c>GET /ops/file</c>: one of <c>files</c> beside a snapshot (additive).</summary>
/// <param name="Name">One of <see cref="ServiceFiles.Names"/>.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="MtimeEpoch">When it was changed last, in whole seconds since 1970 UTC.</param>
public sealed record FileEntryRecord(string Name, long SizeBytes, long MtimeEpoch);

/// <summary>The files that the service hands out as they are, from an offset on.</summary>
public static class ServiceFiles
{
    public const string Summary = FileNames.Summary;
    public const string Decisions = FileNames.Decisions;
    public const string Usage = FileNames.Usage;

    /// <summary>Most bytes of one answer.</summary>
    public const int MaxBytes = 1024 * 1024;

    public static readonly IReadOnlyList<string> Names = [Summary, Decisions, Usage];
}
