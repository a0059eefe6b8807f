using System.Text;
using System.Text.Json.Nodes;

namespace OpsManager.TestRuntime;

/// <summary>
/// What was really done, in order, for whoever checks what was told of it: one row a step, with the idempotency key of whoever sent the
/// command (TEST_RUNTIME_KEY). Where one is kept, who writes approval.json does so in turn, so that the journal has the order
/// of the writes.
/// </summary>
/// <param name="path">Null where none is kept.</param>
internal sealed class Journal(string? path)
{
    public bool IsKept => path is not null;

    /// <param name="requestedAt">Which request was there; null where none was.</param>
    public void Begin(string command, string? requestedAt) => Note("started", requestedAt, command);

    public void Note(string step, string? requestedAt, string? word)
    {
        if (path is null)
        {
            return;
        }

        Append(path, new JsonObject
        {
            ["at"] = DateTimeOffset.UtcNow.UtcTicks,
            ["step"] = step,
            ["key"] = Environment.GetEnvironmentVariable("TEST_RUNTIME_KEY"),
            ["pid"] = Environment.ProcessId,
            ["requested_at"] = requestedAt,
            ["word"] = word,
        });
    }

    /// <summary>Held while approval.json is written and noted.</summary>
    public IDisposable? TakeTurn() =>
        path is null ? null : Alone(() => new FileStream(path + ".turn", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));

    /// <summary>One whole row at the end of a file; where a journal is kept, many may append at once.</summary>
    public void Append(string path, JsonObject row)
    {
        if (!IsKept)
        {
            File.AppendAllText(path, row.ToJsonString() + "\n");
            return;
        }

        using var stream = Alone(() => new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None));
        stream.Write(Encoding.UTF8.GetBytes(row.ToJsonString() + "\n"));
    }

    /// <summary>Opens as soon as nobody else has it open like that.</summary>
    private static FileStream Alone(Func<FileStream> open)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return open();
            }
            catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException) && tries < 10_000)
            {
                Thread.Sleep(1);
            }
        }
    }
}
