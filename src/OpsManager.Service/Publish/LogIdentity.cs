using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpsManager.Contract;
using OpsManager.Core.Events;
using OpsManager.Sources.Local;

namespace OpsManager.Service.Publish;

/// <summary>
/// Names a log on the bus: the first 16 hexadecimal digits of the SHA-256 of its first complete line, a newline, and how often the log
/// was cut or replaced.
/// </summary>
internal sealed class LogIdentity
{
    private const int Digits = 16;

    /// <summary>How many replacements are tried to find the one that an identity is of, where the count is lost.</summary>
    private const int MaxReplaced = 1024;

    private readonly byte[] line;

    private LogIdentity(byte[] line) => this.line = line;

    /// <summary>Of the log that was read; null where it has no complete line yet.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static LogIdentity? From(LoopReading reading)
    {
        if (reading.Lines == 0)
        {
            return null;
        }

        var first = reading.Log[0];
        var bytes = new byte[Math.Min(first.Length, EventRowReader.MaxLineBytes)];
        var read = reading.Files.ReadAt(ArtifactPaths.Events(reading.Loop.Id), first.Offset, bytes);
        return read == bytes.Length ? new LogIdentity(bytes) : null;
    }

    public string Of(int replaced)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(line);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n{replaced}")));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits];
    }

    /// <summary>How often this log was replaced where it has the identity <paramref name="text"/>; null where it never can have.</summary>
    public int? Find(string text)
    {
        for (var replaced = 0; replaced < MaxReplaced; replaced++)
        {
            if (Of(replaced) == text)
            {
                return replaced;
            }
        }

        return null;
    }
}
