using System.Globalization;
using OpsManager.Cli;
using OpsManager.Sources.Nats;

namespace OpsManager.Session;

/// <summary>
/// What is known of a stream at the end of a session, for the next one: up to which message the copies in the state folder are, and the
/// sprites, a line each (docs/fleet.md, "Copies"). It is a help: one that is lost, old or broken costs time at the next start, or leaves a
/// sprite without a row until the server can be reached.
/// </summary>
internal sealed class CopiedStream(VerbContext context, string stream)
{
    private const string Folder = "streams";

    /// <summary>Twenty thousand names are less.</summary>
    private const long MaxBytes = 4 * 1024 * 1024;

    /// <summary>What an earlier session has left; null where that cannot be used.</summary>
    public KnownStream? Load()
    {
        try
        {
            return Path() is { } path && context.Files.FileInfo.New(path) is { Exists: true, Length: <= MaxBytes }
                && context.Files.File.ReadAllLines(path) is [var first, .. var names]
                && first.Split(' ') is [var number, var time]
                && ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
                && DateTimeOffset.TryParseExact(time, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
                ? new KnownStream(new TakenMessage(sequence, at), names)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Leaves it to the next session.</summary>
    public void Save(KnownStream known)
    {
        try
        {
            if (Path() is { } path)
            {
                context.Files.Directory.CreateDirectory(context.Files.Path.GetDirectoryName(path)!);
                string[] lines =
                [
                    string.Create(CultureInfo.InvariantCulture, $"{known.Newest.Sequence} {known.Newest.At:O}"), .. known.Sprites,
                ];
                context.Files.File.WriteAllLines(path, lines);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next start asks for more than it needs.
        }
    }

    private string? Path() => StateFolder.Find(context.Files, context.Environment) is { } folder
        ? context.Files.Path.Combine(folder, Folder, stream)
        : null;
}
