using System.Globalization;
using System.Reactive.Concurrency;
using OpsManager.Contract;
using OpsManager.Contract.Service;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// One log of a sprite as a file: what is looked at is fetched a part at a time and kept, in bounded memory; while it is looked at, its
/// new bytes are asked for once a second. What is not there yet is a <see cref="NotFetchedYetException"/>.
/// </summary>
/// <param name="whyNot">Why the sprite is not asked now; null where it may be.</param>
internal sealed class SpriteLogFile(SpriteHttp http, TimeProvider time, string loop, string name, Func<string?> whyNot)
    : IRepoFiles, IDisposable
{
    private const int PartBytes = 128 * 1024;

    /// <summary>Most parts that are kept: 8 MiB.</summary>
    private const int MaxParts = 64;

    private readonly PacedFetch fetch = new(time, TimeSpan.FromSeconds(1), TaskPoolScheduler.Default);
    private readonly Lock gate = new();
    private readonly Dictionary<long, (byte[] Bytes, int Length, long Use)> parts = [];
    private readonly SortedSet<long> wanted = [];
    private string? identity;
    private string? fault;
    private long? size;
    private long uses;

    /// <summary>How often the log has turned out to be another one: its identity here.</summary>
    private long changes;

    public void Dispose() => fetch.Dispose();

    public FileProbe Probe(string path)
    {
        if (whyNot() is { } why)
        {
            return FileProbe.Unreadable(why);
        }

        bool isWanted;
        lock (gate)
        {
            isWanted = wanted.Count > 0 && fault is null;
        }

        fetch.Start(FetchAsync, atOnce: isWanted);
        lock (gate)
        {
            return fetch.Failure is { } failure ? FileProbe.Unreadable(failure.Message)
                : fault is not null ? FileProbe.Unreadable(fault)
                : size is { } known ? FileProbe.File(new FileStamp(known, DateTimeOffset.UnixEpoch, (ulong)changes))
                : FileProbe.Unreadable("reading it from the sprite");
        }
    }

    public int ReadAt(string path, long offset, Span<byte> buffer)
    {
        lock (gate)
        {
            if (size is not { } known)
            {
                throw new NotFetchedYetException();
            }

            var length = (int)Math.Clamp(known - offset, 0, buffer.Length);
            var isWhole = true;
            for (var read = 0; read < length;)
            {
                var (part, within) = Math.DivRem(offset + read, PartBytes);
                var needed = Math.Min(length - read, PartBytes - (int)within);
                if (parts.TryGetValue(part, out var held) && held.Length >= within + needed)
                {
                    held.Bytes.AsSpan((int)within, needed).CopyTo(buffer[read..]);
                    parts[part] = held with { Use = ++uses };
                }
                else
                {
                    wanted.Add(part);
                    isWhole = false;
                }

                read += needed;
            }

            return isWhole ? length : throw new NotFetchedYetException();
        }
    }

    public IReadOnlyList<string> Directories(string path) => [];

    public IReadOnlyList<FileEntry> Files(string directory) => [];

    private async Task FetchAsync(CancellationToken cancel)
    {
        string query;
        lock (gate)
        {
            query = size is null ? $"tail={ServiceLogs.MaxBytes}" : Number($"offset={Next()}&limit={ServiceLogs.MaxBytes}");
        }

        try
        {
            var path = $"ops/log?loopId={Uri.EscapeDataString(loop)}&name={Uri.EscapeDataString(name)}&{query}";
            var answer = await http.AskAsync(() => http.Get(path), cancel).ConfigureAwait(false);
            lock (gate)
            {
                fault = SpriteLogs.FaultOf(answer)
                    ?? (answer is { TotalSize: not null, Offset: not null } ? null : "the answer of the service does not say what it is");
                if (fault is null)
                {
                    Take(answer, answer.TotalSize!.Value, answer.Offset!.Value);
                }
            }
        }
        catch (Exception error) when (error is SpriteUnansweredException or ContractException)
        {
            lock (gate)
            {
                fault = error.Message;
            }
        }
    }

    /// <summary>Where to read on: what somebody waits for, else behind the end of what is known.</summary>
    private long Next()
    {
        if (wanted.Count == 0)
        {
            return size!.Value;
        }

        var part = wanted.Max;
        return (part * PartBytes) + (parts.TryGetValue(part, out var held) ? held.Length : 0);
    }

    private void Take(SpriteAnswer answer, long total, long offset)
    {
        if (answer.Tag != identity || total < size)
        {
            // Another log, or a shorter one: nothing that is held is sure to be of it.
            parts.Clear();
            wanted.Clear();
            changes += identity is null ? 0 : 1;
            if (identity is not null && answer.Tag == identity)
            {
                (size, identity) = (null, answer.Tag);
                return;
            }
        }

        (identity, size) = (answer.Tag ?? "", total);
        var bytes = answer.Body.Span;
        for (var read = 0; read < bytes.Length;)
        {
            var (part, within) = Math.DivRem(offset + read, PartBytes);
            var count = Math.Min(bytes.Length - read, PartBytes - (int)within);
            Keep(part, (int)within, bytes.Slice(read, count));
            read += count;
        }

        wanted.RemoveWhere(part => part * PartBytes >= total
            || (parts.TryGetValue(part, out var held) && held.Length >= Math.Min(PartBytes, total - (part * PartBytes))));
        while (parts.Count > MaxParts)
        {
            parts.Remove(parts.MinBy(static part => part.Value.Use).Key);
        }
    }

    /// <summary>Bytes of a part that continue what is held of it; those with a gap before them are left out.</summary>
    private void Keep(long part, int within, ReadOnlySpan<byte> bytes)
    {
        var held = parts.GetValueOrDefault(part, (new byte[PartBytes], 0, 0));
        if (within <= held.Length)
        {
            bytes.CopyTo(held.Bytes.AsSpan(within));
            parts[part] = (held.Bytes, Math.Max(held.Length, within + bytes.Length), ++uses);
        }
    }

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
