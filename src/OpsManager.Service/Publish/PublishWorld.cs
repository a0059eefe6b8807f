using System.IO.Abstractions;
using OpsManager.Sources.Files;

namespace OpsManager.Service.Publish;

/// <summary>What the publishers of all loops share.</summary>
/// <param name="Files">The repository, as it is handed to others.</param>
/// <param name="Publisher">The random id of this process.</param>
internal sealed record PublishWorld(
    IFileSystem FileSystem, GuardedFiles Files, TimeProvider Time, Func<string> NewId, FleetBus Bus, TroubleNotes Notes, string Publisher);
