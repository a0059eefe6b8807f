using OpsManager.Tui.Messages;

namespace OpsManager.Tui.Shell;

/// <summary>The result of a message: the next model, and what has to be done outside it, if anything.</summary>
internal readonly record struct Step(AppModel Model, Effect? Effect = null)
{
    public static implicit operator Step(AppModel model) => new(model);
}
