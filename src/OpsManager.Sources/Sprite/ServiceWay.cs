using OpsManager.Core.Sprite;

namespace OpsManager.Sources.Sprite;

/// <summary>A sprite's service as the first way to it.</summary>
internal sealed class ServiceWay(SpriteHttp service) : IFirstWay
{
    public BudgetReading Budget => service.Budget;

    public DateTimeOffset? OpenSince => service.OpenSince;

    public TimeSpan KeptAwake => service.KeptAwake;

    public string? Note => null;

    public bool IsPushed => false;

    public ILoopTransport Open(bool isProbing) => new ServiceTransport(service, isProbing);

    public void Slept() => service.Slept();

    public void Forgive() => service.Forgive();

    /// <summary>It is asked, and says nothing by itself.</summary>
    public void Listen(Action? listener)
    {
    }
}
