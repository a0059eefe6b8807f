using System.Globalization;
using OpsManager.Cli;
using OpsManager.Sources.Nats;

namespace OpsManager.Session;

/// <summary>
/// Up to which message of a stream the copies in the state folder are (docs/fleet.md, "Copies"). It is a help: one that is lost, old or
/// broken costs time at the next start, and nothing else.
/// </summary>
internal sealed class CopiedStream(VerbContext context, string stream)
{
    private const string Folder = "streams";

    /// <summary>What an earlier session has left; null where that cannot be used.</summary>
    public TakenMessage? Load()
    {
        try
        {
            return Path() is { } path && context.Files.File.Exists(path)
                && context.Files.File.ReadLines(path).FirstOrDefault()?.Split(' ') is [var number, var time]
                && ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
                && DateTimeOffset.TryParseExact(time, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
                ? new TakenMessage(sequence, at)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Leaves it to the next session.</summary>
    public void Save(TakenMessage newest)
    {
        try
        {
            if (Path() is { } path)
            {
                context.Files.Directory.CreateDirectory(context.Files.Path.GetDirectoryName(path)!);
                context.Files.File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"{newest.Sequence} {newest.At:O}\n"));
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
