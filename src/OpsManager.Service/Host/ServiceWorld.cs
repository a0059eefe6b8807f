using System.IO.Abstractions;
using OpsManager.Control.Act;
using OpsManager.Sources.Processes;

namespace OpsManager.Service.Host;

/// <summary>What the service needs of the world.</summary>
/// <param name="NewId">A new trace id or key.</param>
/// <param name="Log">Gets the access log.</param>
/// <param name="Children">Starts the runtime's command.</param>
public sealed record ServiceWorld(
    IFileSystem Files, TimeProvider Time, Func<string, string?> Environment, Func<string> NewId, TextWriter Log, ChildProcess Children)
{
    /// <summary>Gets what an operator should know beside requests; null where nobody listens.</summary>
    public Action<string>? OnFault { get; init; }

    /// <summary>Gets each control that was carried out, when its result is known; null where nobody listens.</summary>
    public Action<ControlRequest>? OnControl { get; init; }
}
