using System.IO.Abstractions;

namespace OpsManager.Service.Host;

/// <summary>What the service needs of the world.</summary>
/// <param name="NewId">A new trace id or key.</param>
/// <param name="Log">Gets the access log.</param>
public sealed record ServiceWorld(IFileSystem Files, TimeProvider Time, Func<string, string?> Environment, Func<string> NewId, TextWriter Log);
