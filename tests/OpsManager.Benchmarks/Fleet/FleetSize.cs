namespace OpsManager.Benchmarks.Fleet;

/// <summary>How large a fleet is, and how fast it moves.</summary>
/// <param name="Loops">Of each sprite.</param>
/// <param name="PerSecond">Messages a second while everything moves.</param>
/// <param name="Replicas">Servers that have each message.</param>
internal sealed record FleetSize(int Sprites, int Loops, int PerSecond, int Replicas);
