using System.Security.Cryptography;
using OpsManager.Contract.Artifacts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Follow;

/// <summary>Follows one small artifact: reads it when it may have changed, and says only what is new.</summary>
public sealed class ArtifactFollower<T>(IRepoFiles files, string path, Func<ReadOnlyMemory<byte>, ArtifactParse<T>> parse)
    where T : class
{
    /// <summary>
    /// File times move in steps of a few milliseconds. A file that was changed this shortly before it was read may have been
    /// changed again in the same step, so it is read once more.
    /// </summary>
    private static readonly TimeSpan SameStep = TimeSpan.FromMilliseconds(50);

    private ArtifactReading<T>? last;
    private byte[] lastHash = [];
    private byte[] hash = [];
    private FileStamp stamp;
    private bool readAgain;

    /// <summary>The reading where it differs from the one before, else null.</summary>
    public ArtifactReading<T>? Look(DateTimeOffset now)
    {
        var probe = files.Probe(path);
        if (probe.Condition == ArtifactCondition.Present && probe.Stamp == stamp && !readAgain && last is not null)
        {
            return null;
        }

        var reading = probe.Condition switch
        {
            ArtifactCondition.Missing => ArtifactReading<T>.Missing,
            ArtifactCondition.Present => Read(probe.Stamp),
            _ => new ArtifactReading<T>(ArtifactCondition.Unreadable, null, null, probe.Fault),
        };
        stamp = probe.Stamp;
        readAgain = reading.Condition != ArtifactCondition.Present || (now - probe.Stamp.ModifiedAt).Duration() < SameStep;
        var isSame = last is not null && IsSame(last, reading) && hash.AsSpan().SequenceEqual(lastHash);
        (last, lastHash) = (reading, hash);
        if (isSame)
        {
            return null;
        }

        return reading;
    }

    private ArtifactReading<T> Read(FileStamp seen)
    {
        try
        {
            if (BoundedRead.Whole(files, path, seen.Size) is not { } bytes)
            {
                return new(ArtifactCondition.Unreadable, null, seen, $"larger than {BoundedRead.MaxArtifactBytes / (1024 * 1024)} MiB");
            }

            // Size and time may be the same although the file was written twice in one step of the clock.
            hash = SHA256.HashData(bytes);
            var parsed = parse(bytes);
            return parsed.Value is { } value
                ? new(ArtifactCondition.Present, value, seen, null)
                : new(parsed.MayBeTorn ? ArtifactCondition.Torn : ArtifactCondition.Invalid, null, seen, parsed.Fault);
        }
        catch (FileNotFoundException)
        {
            return ArtifactReading<T>.Missing;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(ArtifactCondition.Unreadable, null, seen, error.Message);
        }
    }

    private static bool IsSame(ArtifactReading<T> one, ArtifactReading<T> other) =>
        one.Condition == other.Condition && one.Condition switch
        {
            ArtifactCondition.Missing => true,
            ArtifactCondition.Present => one.Stamp == other.Stamp,
            _ => one.Fault == other.Fault,
        };
}
