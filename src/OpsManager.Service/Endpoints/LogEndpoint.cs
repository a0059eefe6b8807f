using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Service.Http;
using OpsManager.Service.Watch;
using OpsManager.Sources.Local;

namespace OpsManager.Service.Endpoints;

/// <summary>
/// <c>GET /ops/log?loopId=L</c>: the logs and reports of a loop. With <c>&amp;name=N</c> a part of one: from <c>offset</c> on, at most
/// <c>limit</c> bytes; or its last <c>tail</c> bytes. It reads through the door that follows no link, and never more than 256 KiB.
/// </summary>
internal sealed class LogEndpoint(LoopWatchers watchers, string repo)
{
    public Reply Answer(Call call)
    {
        var query = call.Request.Query;
        var loop = call.Loop = query.LoopId();
        watchers.Check(loop);
        return query.Word("name") switch
        {
            null => Listed(call, loop),
            var name when ServiceLogs.IsLog(name) => Part(call, loop, name),
            _ => throw Refusal.Invalid("name must be a file in logs or last_messages, or a .md, .txt or .log file beside them"),
        };
    }

    private Reply Listed(Call call, string loop)
    {
        var root = ArtifactPaths.Loop(loop) + "/";
        var list = new LogList
        {
            SchemaVersion = ContractVersion.V1,
            TraceId = call.Trace,
            LoopId = loop,
            Logs =
            [
                .. LoopFiles.List(watchers.Files, new LoopModel(repo, loop)).Files
                    .Where(file => file is { Fault: null, Size: not null } && file.Path.StartsWith(root, StringComparison.Ordinal))
                    .Where(file => ServiceLogs.IsLog(file.Path[root.Length..]))
                    .Select(file => new FileEntryRecord(
                        file.Path[root.Length..], file.Size!.Value, file.ModifiedAt?.ToUnixTimeSeconds() ?? 0)),
            ],
        };
        return Reply.Json(200, list, ContractJson.Default.LogList);
    }

    private Reply Part(Call call, string loop, string name)
    {
        var query = call.Request.Query;
        var path = $"{ArtifactPaths.Loop(loop)}/{name}";
        var stamp = Stamp(path);
        var limit = query.Number("limit", ServiceLogs.MaxBytes, ServiceLogs.MaxBytes);
        var isTail = query.Word("tail") is not null;
        if (isTail && query.Word("offset") is not null)
        {
            throw Refusal.Invalid("give offset or tail, not both");
        }

        // A log that was cut is shorter than who reads it knows: its size tells.
        var offset = isTail
            ? Math.Max(0, stamp.Size - query.Number("tail", 0, ServiceLogs.MaxBytes))
            : Math.Min(query.Number("offset", 0, long.MaxValue), stamp.Size);
        var bytes = new byte[(int)Math.Min(isTail ? ServiceLogs.MaxBytes : limit, stamp.Size - offset)];
        int read;
        try
        {
            read = bytes.Length == 0 ? 0 : watchers.Files.ReadAt(path, offset, bytes);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Absent(path);
        }

        // Another file may have been put there meanwhile, or a link.
        if (Stamp(path).Identity != stamp.Identity)
        {
            throw Refusal.Broken($"{path} was replaced while it was read; ask again");
        }

        return new Reply(200, bytes.AsMemory(0, read))
        {
            ContentType = "application/octet-stream",
            Headers =
            [
                (HeaderNames.TotalSize, stamp.Size.ToString(CultureInfo.InvariantCulture)),
                (HeaderNames.Offset, offset.ToString(CultureInfo.InvariantCulture)),
                ("ETag", $"\"{(stamp.Identity ?? 0).ToString("x", CultureInfo.InvariantCulture)}\""),
                ("X-Content-Type-Options", "nosniff"),
            ],
        };
    }

    private FileStamp Stamp(string path)
    {
        var probe = watchers.Files.Probe(path);
        return probe.Condition switch
        {
            ArtifactCondition.Present => probe.Stamp,
            ArtifactCondition.Missing => throw Absent(path),
            _ => throw Refusal.Broken($"{path}: {probe.Fault}"),
        };
    }

    private static Refusal Absent(string path) => Refusal.NotFound($"{path} does not exist");
}
