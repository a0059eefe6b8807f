using System.Globalization;
using System.IO.Abstractions;
using System.Runtime.InteropServices;

namespace OpsManager.Sources.Processes;

/// <summary>
/// The door through which every program is started (docs/security.md, "Programs that are started"): found by our own lookup and never in
/// the working directory, by its words and no shell, with the environment that <see cref="ChildEnvironment"/> leaves it, with default
/// signals, with bounded output, in a session of its own that is killed whole. Faults are returned as values.
/// </summary>
public sealed class ChildProcess(IFileSystem files, ProgramFinder finder, ChildEnvironment environment, TimeProvider time)
{
    /// <summary>How long streams may stay open behind a program that has exited: something that it left behind holds them.</summary>
    private static readonly TimeSpan StreamsWait = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long a program may take to be gone once it is killed: one that runs as somebody else, or waits for a disk, does not go.
    /// </summary>
    private static readonly TimeSpan KillWait = TimeSpan.FromSeconds(2);

    private readonly ChildGroup groups = new(files);

    /// <summary>A door for programs that this host's own lookup finds, with this process's environment.</summary>
    /// <param name="variable">Gives PATH.</param>
    /// <param name="secrets">Names of variables that hold a token of ours, beside those that always do.</param>
    public static ChildProcess Create(
        IFileSystem files, Func<string, string?> variable, Func<IEnumerable<string>> secrets, TimeProvider time) =>
        new(files, new ProgramFinder(files, variable), ChildEnvironment.OfThisProcess(secrets), time);

    /// <summary>Looks for a program as it would be looked for to start it.</summary>
    public FoundProgram Find(string name) => finder.Find(name);

    /// <summary>
    /// Starts a program without a terminal and waits until it exits. At its time limit, and when asked to, all of it is killed.
    /// </summary>
    /// <param name="cancel">Kills it; the result then has a fault.</param>
    public async Task<ChildResult> RunAsync(ChildCommand command, CancellationToken cancel = default)
    {
        if (ChildStreams.Open(command, out var noStreams) is not { } streams)
        {
            return ChildResult.NotStarted(CannotStart(noStreams));
        }

        using var limit = new CancellationTokenSource(command.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        if (Start(command, streams, out var child) is { } fault)
        {
            streams.Dispose();
            return ChildResult.NotStarted(fault);
        }

        streams.Serve();
        var exited = child.WhenExited();
        string? killed = null;
        try
        {
            await exited.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            groups.Kill(child.Pid);
            var isGone = await IsGoneAsync(exited).ConfigureAwait(false);
            var seconds = command.Timeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
            killed = cancel.IsCancellationRequested
                ? $"was interrupted and {(isGone ? "killed" : "could not be killed")}"
                : $"did not end within {seconds} s and {(isGone ? "was killed" : "could not be killed")}";
        }

        await Task.WhenAny(streams.Ended, Task.Delay(StreamsWait, time, CancellationToken.None)).ConfigureAwait(false);
        int? code = null;
        if (exited.IsCompleted)
        {
            code = child.Reap();
        }
        else
        {
            // It cannot be killed.
            child.Forget();
        }

        streams.CatchUp();
        // First whether it is all: what comes behind that look is not all.
        var hasAll = streams.HasAllOutput;
        var ((output, isCut), (errors, _)) = (streams.Output, streams.Errors);
        return new ChildResult(killed is null ? code : null, killed ?? Unknown(code))
        {
            Output = output,
            HasAllOutput = hasAll,
            IsOutputCut = isCut,
            Errors = errors,
            StreamsEnd = streams.Ended,
        };
    }

    /// <summary>
    /// Starts a program of the operator's on the terminal and waits until it exits, for as long as it likes. It stays in our group, which
    /// has the terminal, so that Ctrl+C and Ctrl+Z reach it; streams, output limit and time limit do not apply.
    /// </summary>
    public ChildResult RunOnTerminal(ChildCommand command)
    {
        if (Start(command, null, out var child) is { } fault)
        {
            return ChildResult.NotStarted(fault);
        }

        child.WaitForExit();
        var code = child.Reap();
        return new ChildResult(code, Unknown(code));
    }

    /// <returns>Why it was not started; null where it was.</returns>
    private string? Start(ChildCommand command, ChildStreams? streams, out StartedChild child)
    {
        child = new StartedChild(0);
        var found = finder.Find(command.Program);
        if (found.File is not { } file)
        {
            return found.Fault;
        }

        // What the program is told that it is called: as the operator wrote it, which some programs go by.
        string[] words = [command.Program, .. command.Arguments];
        if (words.Append(command.WorkingDirectory ?? "").Any(static word => word.Contains('\0', StringComparison.Ordinal)))
        {
            return "cannot be started: one of its words contains a character of code 0";
        }

        ChildSignals.Prepare();
        try
        {
            var fault = PosixSpawn.Start(file, words, environment.Read(command), command.WorkingDirectory, streams, out var pid);
            child = new StartedChild(pid);
            return fault == 0 ? null : CannotStart(fault);
        }
        catch (EntryPointNotFoundException)
        {
            return "cannot be started in another directory: glibc 2.29 or newer is needed";
        }
    }

    private async Task<bool> IsGoneAsync(Task exited)
    {
        await Task.WhenAny(exited, Task.Delay(KillWait, time, CancellationToken.None)).ConfigureAwait(false);
        return exited.IsCompleted;
    }

    private static string CannotStart(int fault) => $"cannot be started: {Marshal.GetPInvokeErrorMessage(fault)}";

    private static string? Unknown(int? code) => code is null ? "has exited, and its exit code is not known" : null;
}
