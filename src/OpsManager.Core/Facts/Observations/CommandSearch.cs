
namespace OpsManager.Core.Facts.Observations;

/// <summary>What a search for the runtime's command has found.</summary>
/// <param name="Command">Null where there is none that could be run.</param>
/// <param name="Fault">Why there is none, and what to do about it; null where there is one.</param>
public sealed record CommandSearch(RuntimeCommand? Command, string? Fault)
{
    /// <summary>What was found.</summary>
    public static CommandSearch Found(RuntimeCommand command) => new(command, null);

    /// <summary>Nothing that could be run.</summary>
    public static CommandSearch None(string fault) => new(null, fault);
}
