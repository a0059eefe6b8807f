using System.Text;
using OpsManager.Core.Planning;
using OpsManager.Sources.Processes;

namespace OpsManager.Control.Act;

/// <summary>Starts the runtime's command in the repository, with nothing on its stdin (docs/control.md, "What happens").</summary>
public sealed class ProcessExecutor(ChildProcess children, TimeProvider time) : IExecutor
{
    /// <summary>Of a longer output only the beginning is kept.</summary>
    private const int MaxOutputChars = 16 * 1024;

    /// <summary>Bytes of the longest character in UTF-8.</summary>
    private const int MaxBytesPerChar = 3;

    /// <summary>Files of this host are what they are.</summary>
    public Task<string?> PrepareAsync(ControlRequest request, CancellationToken cancel) => Task.FromResult<string?>(null);

    public async Task<Execution> RunAsync(ControlRequest request, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        var file = request.Command.File;
        var result = await children.RunAsync(
            new ChildCommand(file, arguments)
            {
                WorkingDirectory = request.Repo,
                MaxOutputBytes = MaxOutputChars * MaxBytesPerChar,
                MergesErrors = true,
                Timeout = request.CommandTimeout,
            },
            cancel).ConfigureAwait(false);
        if (!result.WasStarted)
        {
            return new Execution(null, "", $"{file} {result.Fault}", WasStarted: false);
        }

        var output = Encoding.UTF8.GetString(result.Output.Span);
        var kept = output[..Math.Min(output.Length, MaxOutputChars)].Trim();
        return new Execution(result.ExitCode, kept, result.Fault is { } fault ? $"it {fault}" : null, WasStarted: true);
    }

    public async Task<Execution> StopAsync(DirectStop stop, CancellationToken cancel)
    {
        var (words, fault) = await new RunStopper(time).StopAsync(stop.Pid, stop.Group, stop.Started, cancel).ConfigureAwait(false);
        return fault is null ? new Execution(0, words, null, WasStarted: true) : new Execution(null, "", fault, WasStarted: false);
    }
}
