using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using OpsManager.Core.Reports;

namespace OpsManager.Control.Notify;

/// <summary>
/// Hands notices to the operator's own command: one run at a time, so many a minute, and a short queue. What does not fit is counted,
/// and the next record says how many. Whatever the command does, nothing waits for it.
/// </summary>
/// <param name="host">The name of this host.</param>
/// <param name="told">Gets each error message once, on another thread.</param>
public sealed class NotifyHook(
    HookSettings settings, HookProcess process, TimeProvider time, string host, Action<string> told) : IDisposable
{
    /// <summary>Notices that wait while the command runs.</summary>
    public const int MaxWaiting = 16;

    /// <summary>Messages that are remembered, so that each is reported once. A command may end with other words every time.</summary>
    private const int MaxFaults = 64;

    private readonly Lock gate = new();
    private readonly Queue<Notice> waiting = new();
    private readonly HashSet<string> faults = new(StringComparer.Ordinal);
    private readonly StartLimit limit = new(settings.PerMinute, time);
    private Task? running;
    private int suppressed;
    private bool disposed;

    /// <summary>Whether the command runs now.</summary>
    public bool IsRunning
    {
        get
        {
            lock (gate)
            {
                return running is not null;
            }
        }
    }

    /// <summary>Takes a notice; the command gets it soon, on another thread.</summary>
    public void Offer(Notice notice)
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            if (waiting.Count == MaxWaiting)
            {
                suppressed++;
                return;
            }

            waiting.Enqueue(notice);
            if (running is null)
            {
                StartNext();
            }
        }
    }

    /// <summary>
    /// Hands over one notice and waits for the command, for callers that end at once. Not together with <see cref="Offer"/>.
    /// </summary>
    /// <returns>Whether it was started, which the limit may forbid; and whether it took the notice.</returns>
    public async Task<(bool Started, bool IsTold)> CallAsync(Notice notice)
    {
        Task<bool> call;
        lock (gate)
        {
            if (disposed || running is not null || !limit.TryTake())
            {
                return (false, false);
            }

            var record = Record(notice);
            running = call = Task.Run(() => RunAsync(record));
        }

        return (true, await call.ConfigureAwait(false));
    }

    /// <summary>Starts nothing more, and waits for a command that runs: at most until it is killed.</summary>
    public void Dispose()
    {
        Task? last;
        lock (gate)
        {
            disposed = true;
            waiting.Clear();
            last = running;
        }

        last?.Wait();
    }

    /// <summary>Under the gate, and nothing runs.</summary>
    private void StartNext()
    {
        running = null;
        while (waiting.TryDequeue(out var notice))
        {
            if (!limit.TryTake())
            {
                suppressed++;
                continue;
            }

            var record = Record(notice);
            suppressed = 0;
            running = Task.Run(() => RunAsync(record));
            return;
        }
    }

    /// <returns>Whether the command took it.</returns>
    private async Task<bool> RunAsync(NoticeRecord record)
    {
        string? fault = null;
        try
        {
            fault = await process.RunAsync(settings, ContractJson.Write(record, ContractJson.Default.NoticeRecord)).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A fault of ours must not pass for silence, and must not end the watching either.
            fault = $"{settings.Name} could not be run: {error.Message}";
        }

        var isNews = false;
        lock (gate)
        {
            if (fault is not null)
            {
                // Nobody has read how many were left out.
                suppressed += record.Suppressed;
                isNews = IsNews(fault);
            }
        }

        if (isNews)
        {
            told($"notify: {fault}");
        }

        lock (gate)
        {
            StartNext();
        }

        return fault is null;
    }

    private bool IsNews(string fault)
    {
        if (faults.Count == MaxFaults)
        {
            faults.Clear();
        }

        return faults.Add(fault);
    }

    private NoticeRecord Record(Notice notice) => new()
    {
        Kind = notice.Kind,
        At = notice.At,
        RepoPath = notice.Repo,
        LoopId = notice.Loop,
        RunId = notice.RunId,
        Lifecycle = notice.Lifecycle,
        Text = notice.Text,
        Evidence = notice.Evidence,
        Suppressed = suppressed,
        Host = host,
    };
}
