using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Sources.Files;
using OpsManager.Sources.Replay;
using OpsManager.Sources.Storage;

namespace OpsManager.Sources.Record;

/// <summary>
/// The file of a tape that is being recorded: only its owner may read it, and one recorder writes it. An existing file is never written
/// over.
/// </summary>
public sealed class TapePlace : IDisposable
{
    /// <summary>How the name of a packed tape ends.</summary>
    public const string PackedExtension = TapeStore.Extension + ".gz";

    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly GuardedPath beside;
    private readonly KernelLock held;
    private bool isDisposed;

    private TapePlace(string path, Stream stream, GuardedPath beside, KernelLock held) =>
        (Path, Stream, this.beside, this.held) = (path, stream, beside, held);

    public string Path { get; }

    /// <summary>What is written there; the tape is packed where its name says so.</summary>
    public Stream Stream { get; }

    public bool IsPacked => Path.EndsWith(PackedExtension, StringComparison.Ordinal);

    /// <summary>Makes the file, and its directory.</summary>
    /// <exception cref="ContractException">It is another recorder's, something is there already, or its name is no tape's.</exception>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static TapePlace Create(IFileSystem files, string path)
    {
        var full = files.Path.GetFullPath(path);
        if (!full.EndsWith(TapeStore.Extension, StringComparison.Ordinal) && !full.EndsWith(PackedExtension, StringComparison.Ordinal))
        {
            throw new ContractException("usage", $"the name of a recording ends in {TapeStore.Extension} or {PackedExtension}; "
                + $"\"{files.Path.GetFileName(full)}\" does not");
        }

        var directory = files.Path.GetDirectoryName(full)!;
        PrivateDirectory.Make(files, directory);
        var place = new GuardedPath(GuardedFiles.Open(files, directory), files.Path.GetFileName(full));
        // Beside the file: whoever reads a recording while it is made must not be kept out.
        var beside = new GuardedPath(place.Files, $".{place.Path}.lock");
        var held = Lock(beside, full);
        try
        {
            if (place.Files.Probe(place.Path).Stamp.Size > 0)
            {
                throw new ContractException("usage", $"{full} exists already. Name another file with --out, or remove it.");
            }

            var handle = place.Files.OpenHandle(place.Path);
            if (!OperatingSystem.IsWindows())
            {
                files.File.SetUnixFileMode(handle, OwnFile);
            }

            return new TapePlace(full, new FileStream(handle, FileAccess.Write, bufferSize: 64 * 1024), beside, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // What could not be written has been told; what is left of it in the buffer cannot be either.
        }

        try
        {
            beside.Files.Delete(beside.Path);
        }
        catch (IOException)
        {
            // An empty file is left.
        }

        held.Dispose();
    }

    private static KernelLock Lock(GuardedPath place, string full)
    {
        try
        {
            return KernelLock.TryTake(place)
                ?? throw new ContractException("usage", $"another recorder is writing {full}. Name another file with --out.");
        }
        catch (LockException error)
        {
            throw new IOException(error.Message, error);
        }
    }
}
