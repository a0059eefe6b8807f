using System.IO.Abstractions;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Sources.Files;

/// <summary>Looks at files through the file system abstraction: right everywhere, but without the file's identity.</summary>
internal sealed class PortableStats(IFileSystem files) : IFileStats
{
    public FileProbe Probe(string fullPath)
    {
        try
        {
            var info = files.FileInfo.New(fullPath);
            return info.Exists ? FileProbe.File(new FileStamp(info.Length, new DateTimeOffset(info.LastWriteTimeUtc, TimeSpan.Zero)))
                : files.Directory.Exists(fullPath) ? FileProbe.Directory
                : FileProbe.Missing;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return FileProbe.Unreadable(error.Message);
        }
    }
}
