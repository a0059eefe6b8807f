using System.Runtime.InteropServices;
using System.Text;

namespace OpsManager.Sources.Files;

/// <summary>The names in an open directory, as the kernel lists them (struct linux_dirent64).</summary>
internal static class DirectoryNames
{
    /// <summary>Names of one directory that are listed at most.</summary>
    private const int Max = 100_000;

    private const int LengthAt = 16;
    private const int TypeAt = 18;
    private const int NameAt = 19;
    private const int UnknownType = 0;
    private const int DirectoryType = 4;

    /// <summary>Reads the names, without "." and "..", and whether each is a directory. A link is none.</summary>
    /// <returns>0, or the negative error number.</returns>
    public static unsafe int Read(int directory, out List<(string Name, bool IsDirectory)> names)
    {
        names = [];
        var buffer = new byte[16 * 1024];
        fixed (byte* start = buffer)
        {
            int read;
            while ((read = LinuxFiles.List(directory, start, buffer.Length)) > 0 && names.Count < Max)
            {
                for (var at = 0; at < read; at += BitConverter.ToUInt16(buffer, at + LengthAt))
                {
                    var text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(start + at + NameAt);
                    if (text is [(byte)'.'] or [(byte)'.', (byte)'.'])
                    {
                        continue;
                    }

                    var name = Encoding.UTF8.GetString(text);
                    names.Add((name, IsDirectory(directory, name, buffer[at + TypeAt])));
                }
            }

            return Math.Min(0, read);
        }
    }

    /// <summary>Some file systems do not say what a name is: then it is looked at.</summary>
    private static bool IsDirectory(int directory, string name, byte type) =>
        type == DirectoryType || (type == UnknownType && LinuxFiles.StatIn(directory, name, out var found) == 0 && found.IsDirectory);
}
