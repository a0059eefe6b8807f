using System.IO.Abstractions;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OpsManager.Sources.Storage;

/// <summary>
/// Opens a file so that every write goes to its end, wherever that is by then. .NET's append mode only starts at the end that the
/// file has when it is opened, and a second writer's lines are then written over.
/// </summary>
internal static partial class AppendStream
{
    private const int WriteOnly = 0x1;
    private const int Append = 0x400;
    private const int CloseOnExec = 0x80000;

    /// <exception cref="IOException">It cannot be opened or made.</exception>
    public static Stream Open(IFileSystem files, string path)
    {
        // These are Linux's numbers. Elsewhere, and in files that are none, .NET's mode has to do.
        if (!OperatingSystem.IsLinux() || files is not FileSystem)
        {
            return files.FileStream.New(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }

        // It makes the file, and has good words for everything that may be wrong with it.
        files.FileStream.New(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
        var handle = open(path, WriteOnly | Append | CloseOnExec);
        var error = Marshal.GetLastPInvokeError();
        return handle.IsInvalid ? throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}") : new FileStream(handle, FileAccess.Write, bufferSize: 0);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string path, int flags);
}
