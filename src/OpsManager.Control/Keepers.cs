using OpsManager.Core.Model;

namespace OpsManager.Control;

/// <summary>Several keepers that look at the same models, in order: what one cannot keep does not keep the others from it.</summary>
public sealed class Keepers(params IReadOnlyList<IKeeper> keepers)
{
    private string? last;

    /// <returns>What cannot be kept; null where all can, and where that was told before.</returns>
    public string? Look(FleetModel fleet)
    {
        string? fault = null;
        foreach (var keeper in keepers)
        {
            try
            {
                keeper.Look(fleet);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                fault ??= error.Message;
            }
        }

        var isNews = fault is not null && fault != last;
        last = fault;
        return isNews ? $"the manager's own files cannot be kept: {fault}" : null;
    }
}
