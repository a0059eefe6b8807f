using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Act;

/// <summary>
/// The only way to have the runtime's command run, here or over a sprite's service. Where acting is not allowed there is none: no
/// other code starts a process on a loop, and none sends an intent.
/// </summary>
public interface IExecutor
{
    /// <summary>Brings the files that a request is planned on up to now.</summary>
    /// <returns>Why they are not; null where they are. Then nothing may be sent.</returns>
    Task<string?> PrepareAsync(ControlRequest request, CancellationToken cancel);

    /// <summary>
    /// Runs the request's command to its end, or until the request's timeout, when it and everything it started are killed.
    /// </summary>
    /// <param name="arguments">Of the command, as they were planned.</param>
    Task<Execution> RunAsync(ControlRequest request, IReadOnlyList<string> arguments, CancellationToken cancel);

    /// <summary>Stops a run of this host by signals, where the runtime's own cancel would find none.</summary>
    Task<Execution> StopAsync(DirectStop stop, CancellationToken cancel) =>
        Task.FromResult(new Execution(null, "", "only a run on this host can be stopped by signals", WasStarted: false));
}

/// <summary>How a command went.</summary>
/// <param name="ExitCode">Null where it was not started or did not end by itself.</param>
/// <param name="Output">The beginning of what it wrote on both streams.</param>
/// <param name="Fault">Why it was not started or had to be killed; null otherwise.</param>
/// <param name="WasStarted">Whether it ran at all.</param>
public sealed record Execution(int? ExitCode, string Output, string? Fault, bool WasStarted)
{
    /// <summary>What a service answered, as JSON; null where a command ran on this host, or nothing of the service's own came.</summary>
    public string? Answer { get; init; }

    /// <summary>The service had answered this key before, and did nothing now.</summary>
    public bool IsReplayed { get; init; }

    /// <summary>The operator ran the command themselves; how it ended is not known here.</summary>
    public static Execution ByHand { get; } = new(null, "", null, WasStarted: true) { IsByHand = true };

    /// <summary>It was not run from here.</summary>
    public bool IsByHand { get; private init; }

    /// <summary>The command says that it worked; only evidence shows whether it did.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>What to say of it where nothing shows that it did anything.</summary>
    public Outcome.Refused Failure() =>
        new(Output is { Length: > 0 } words ? words : Fault ?? $"the command ended with exit code {ExitCode} and no output");
}
