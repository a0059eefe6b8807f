using OpsManager.Core.Sprite;

namespace OpsManager.Sources.Sprite;

/// <summary>What the requests to a service came to.</summary>
/// <param name="OpenSince">Since when the breaker has let nothing through that was answered well; null where it is closed.</param>
/// <param name="KeptAwake">For how long the requests have kept the sprite awake, at most.</param>
internal readonly record struct ServiceReading(BudgetReading Budget, DateTimeOffset? OpenSince, TimeSpan KeptAwake)
{
    /// <summary>There is no service.</summary>
    public static readonly ServiceReading None = new(BudgetReading.None, null, TimeSpan.Zero);

    public static ServiceReading From(SpriteHttp? service) =>
        service is null ? None : new(service.Budget, service.OpenSince, service.KeptAwake);
}
