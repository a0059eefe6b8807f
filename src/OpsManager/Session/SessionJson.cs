using System.Text.Json.Serialization;
using OpsManager.Tui.Shell;

namespace OpsManager.Session;

/// <summary>Serialiser of the session's file, made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SessionState))]
internal sealed partial class SessionJson : JsonSerializerContext;
