using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OpsManager.EndToEnd.Pty;

/// <summary>
/// Runs a command in a pseudo terminal that is read no faster than a slow line carries, with nothing but the kernel's own buffer in
/// between; script(1) would read ahead.
/// </summary>
public sealed partial class SlowPty : IAsyncDisposable
{
    private const int ReadWrite = 0x2;
    private const int NoControllingTty = 0x100;
    private const int CloseOnExec = 0x80000;
    private const string FrameEnd = "\e[?2026l";

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(25);

    private readonly CancellationTokenSource ended = new();
    private readonly FileStream master;
    private readonly Process process;
    private readonly ModelTerminal terminal;
    private readonly int rows;
    private readonly Task reading;
    private readonly StringBuilder unshown = new();
    private readonly SemaphoreSlim changed = new(0);
    private string screen = "";
    private long carried;

    private SlowPty(SafeFileHandle handle, Process process, int columns, int rows, int bytesPerSecond)
    {
        this.process = process;
        this.rows = rows;
        terminal = new ModelTerminal(columns, rows);
        master = new FileStream(handle, FileAccess.ReadWrite, 0);
        // Reads block in the kernel until there is something.
        reading = Task.Factory.StartNew(
            () => Read(bytesPerSecond), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>What the terminal shows, as of its last whole frame.</summary>
    public string Screen => Volatile.Read(ref screen);

    /// <summary>Starts <paramref name="command"/>, a line for sh; skips the test where setsid(1) is missing.</summary>
    public static SlowPty Start(
        string command, int columns, int rows, int bytesPerSecond, IReadOnlyDictionary<string, string?> environment)
    {
        Tool.Require("setsid");
        Tool.Require("stty");
        var handle = new SafeFileHandle(OpenMaster(ReadWrite | NoControllingTty | CloseOnExec), ownsHandle: true);
        if (handle.IsInvalid || Grant(handle) != 0 || Unlock(handle) != 0)
        {
            throw new IOException($"no pseudo terminal: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        Span<byte> name = stackalloc byte[64];
        _ = NameOf(handle, ref MemoryMarshal.GetReference(name), name.Length);
        var slave = Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]);
        var start = new ProcessStartInfo(
            "sh",
            ["-c", $"exec setsid -c sh -c {Tool.Quote($"stty cols {columns} rows {rows}; exec {command}")} < {slave} > {slave} 2>&1"]);
        Tool.Apply(environment, start);
        return new SlowPty(handle, Process.Start(start)!, columns, rows, bytesPerSecond);
    }

    /// <summary>Types.</summary>
    public void Send(string text)
    {
        master.Write(Encoding.UTF8.GetBytes(text));
        master.Flush();
    }

    /// <summary>
    /// Waits until the screen satisfies <paramref name="wanted"/> and says how many bytes the line carried meanwhile: the time that it
    /// took, on a machine that is never busy with something else.
    /// </summary>
    /// <exception cref="TimeoutException">It did not within the time; the message has the screen.</exception>
    public async Task<long> WaitForAsync(Func<string, bool> wanted, TimeSpan within, CancellationToken cancel)
    {
        var began = Interlocked.Read(ref carried);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(within);
        try
        {
            while (!wanted(Screen))
            {
                await changed.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"not within {within}:\n{Screen}");
        }

        return Interlocked.Read(ref carried) - began;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        await ended.CancelAsync();
        await reading;
        await master.DisposeAsync();
        process.Dispose();
        ended.Dispose();
        changed.Dispose();
    }

    private void Read(int bytesPerSecond)
    {
        var buffer = new byte[Math.Max(1, (int)(bytesPerSecond * Tick.TotalSeconds))];
        var decoder = Encoding.UTF8.GetDecoder();
        var characters = new char[buffer.Length + 1];
        try
        {
            int count;
            while ((count = master.Read(buffer)) > 0)
            {
                Interlocked.Add(ref carried, count);
                Show(characters.AsSpan(0, decoder.GetChars(buffer.AsSpan(0, count), characters, false)));
                // This is the line.
                ended.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds((double)count / bytesPerSecond));
            }
        }
        catch (IOException)
        {
            // The command ended.
        }
    }

    private void Show(ReadOnlySpan<char> received)
    {
        unshown.Append(received);
        var text = unshown.ToString();
        var end = text.LastIndexOf(FrameEnd, StringComparison.Ordinal) + FrameEnd.Length;
        if (end < FrameEnd.Length)
        {
            return;
        }

        terminal.Feed(text[..end]);
        unshown.Remove(0, end);
        Volatile.Write(ref screen, string.Join('\n', Enumerable.Range(0, rows).Select(terminal.Line)));
        changed.Release();
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static partial int Grant(SafeFileHandle master);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int Unlock(SafeFileHandle master);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    private static partial int NameOf(SafeFileHandle master, ref byte name, nint length);
}
