using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Core.Compare;
using OpsManager.Core.Events;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;

namespace OpsManager.Sources.Compare;

/// <summary>Reads the runs of a loop from its log and its usage.jsonl, each once from its start.</summary>
internal static class RunReader
{
    private const int ChunkBytes = 256 * 1024;

    /// <exception cref="ContractException">The log is not there, or holds no lines.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static IReadOnlyList<RunRecord> Read(IRepoFiles files, string loop)
    {
        var log = new LogLines();
        ReadAll(files, ArtifactPaths.Events(loop), log, isRequired: true);
        var usage = new UsageLines();
        ReadAll(files, ArtifactPaths.Usage(loop), usage, isRequired: false);
        return log.Runs.Build(usage.Rows);
    }

    private static void ReadAll(IRepoFiles files, string path, LineCutter lines, bool isRequired)
    {
        var probe = files.Probe(path);
        if (!probe.IsPresent)
        {
            if (isRequired || !probe.IsMissing)
            {
                throw new ContractException(
                    FailureCodes.EventsUnavailable, probe.IsMissing ? $"required artifact missing: {path}" : $"{path}: {probe.Fault}");
            }

            return;
        }

        var buffer = new byte[ChunkBytes];
        while (lines.Position < probe.Stamp.Size && files.ReadAt(path, lines.Position, buffer) is > 0 and var read)
        {
            lines.Take(buffer.AsSpan(0, read));
            if (lines.IsEndless)
            {
                throw new ContractException(FailureCodes.EventsUnavailable, $"{path}: {LineCutter.NoLines}");
            }
        }
    }

    private sealed class LogLines() : LineCutter(0, EventRowReader.MaxLineBytes)
    {
        public RunLog Runs { get; } = new();

        protected override void Line(ReadOnlySpan<byte> line, long offset) => Runs.Add(line, offset);

        protected override void LongLine(long offset, long length) => Runs.AddLong(offset, length);
    }

    /// <summary>Rows that are none are left out, as they are on the screen.</summary>
    private sealed class UsageLines() : LineCutter(0, EventRowReader.MaxLineBytes)
    {
        public List<UsageEntry> Rows { get; } = [];

        protected override void Line(ReadOnlySpan<byte> line, long offset)
        {
            if (UsageEntry.Parse(line.ToArray()).Value is { } row)
            {
                Rows.Add(row);
            }
        }

        protected override void LongLine(long offset, long length)
        {
        }
    }
}
