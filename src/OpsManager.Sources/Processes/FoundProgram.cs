namespace OpsManager.Sources.Processes;

/// <summary>What a search for a program found.</summary>
/// <param name="File">Absolute path of the program; null where there is none that can be started.</param>
/// <param name="Fault">Why there is none, as the words behind its name ("is not on PATH"); null where there is one.</param>
public sealed record FoundProgram(string? File, string? Fault);
