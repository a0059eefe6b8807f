using OpsManager.Core.Sprite;
using OpsManager.Sources.Sprite;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>A way that always works: one that tells what is new, or one that asks.</summary>
internal sealed class LaterWay(LaterLines by, bool isPushed) : IFirstWay
{
    public BudgetReading Budget => BudgetReading.None;

    public DateTimeOffset? OpenSince => null;

    public TimeSpan KeptAwake => TimeSpan.Zero;

    public string? Note => null;

    public bool IsPushed => isPushed;

    public ILoopTransport Open(bool isProbing) => by;

    public void Slept()
    {
    }

    public void Forgive()
    {
    }

    public void Listen(Action? listener)
    {
    }
}
