using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Check;

namespace OpsManager.Tui.Session;

/// <summary>What is compared with the models while they are shown, and looked up beside them.</summary>
public sealed record CheckSettings
{
    /// <summary>How often artifacts are folded again, and what is then compared.</summary>
    public required CheckOptions Scratch { get; init; }

    /// <summary>Between two comparisons of what is folded of sprites with what they said: it costs no request.</summary>
    public TimeSpan SpriteParity { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Looks for the runtime's command of a repository.</summary>
    public required Func<string, RuntimeCommand> FindCommand { get; init; }

    /// <summary>Compares with a service that the operator named; null where they named none.</summary>
    public IModelCheck? Service { get; init; }
}
