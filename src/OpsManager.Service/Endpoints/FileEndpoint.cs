using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Service;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Service.Http;
using OpsManager.Service.Watch;
using OpsManager.Sources.Local;

namespace OpsManager.Service.Endpoints;

/// <summary>
/// <c>GET /ops/file?loopId=L&amp;name=decisions.jsonl&amp;offset=N</c>: one of a few files as it is, through the door that
/// follows no link.
/// </summary>
internal sealed class FileEndpoint(LoopWatchers watchers)
{
    public Reply Answer(Call call)
    {
        var query = call.Request.Query;
        var loop = call.Loop = query.LoopId();
        var name = query.Word("name") is { } named && ServiceFiles.Names.Contains(named)
            ? named
            : throw Refusal.Invalid($"name must be one of {string.Join(", ", ServiceFiles.Names)}");
        var offset = query.Number("offset", 0, long.MaxValue);
        watchers.Check(loop);
        var stamp = Stamp(loop, name);
        if (offset > stamp.Size)
        {
            throw Refusal.Invalid(string.Create(
                CultureInfo.InvariantCulture, $"offset ({offset}) is beyond the end of {name}, which has {stamp.Size} bytes"));
        }

        var bytes = new byte[(int)Math.Min(ServiceFiles.MaxBytes, stamp.Size - offset)];
        int read;
        try
        {
            read = bytes.Length == 0 ? 0 : watchers.Files.ReadAt(LoopExtras.PathOf(loop, name), offset, bytes);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Absent(loop, name);
        }

        // Another file may have been put there meanwhile, or a link.
        if (Stamp(loop, name).Identity != stamp.Identity)
        {
            throw Refusal.Broken($"{name} of {loop} was replaced while it was read; ask again");
        }

        return new Reply(200, bytes.AsMemory(0, read))
        {
            ContentType = "application/octet-stream",
            Headers = [(HeaderNames.TotalSize, stamp.Size.ToString(CultureInfo.InvariantCulture)), ("X-Content-Type-Options", "nosniff")],
        };
    }

    private FileStamp Stamp(string loop, string name)
    {
        var probe = watchers.Files.Probe(LoopExtras.PathOf(loop, name));
        return probe.Condition switch
        {
            ArtifactCondition.Present => probe.Stamp,
            ArtifactCondition.Missing => throw Absent(loop, name),
            _ => throw Refusal.Broken($"{LoopExtras.PathOf(loop, name)}: {probe.Fault}"),
        };
    }

    private static Refusal Absent(string loop, string name) => Refusal.NotFound($"{LoopExtras.PathOf(loop, name)} is not there");
}
