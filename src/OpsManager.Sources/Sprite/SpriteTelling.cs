using System.Reactive.Concurrency;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Sprite;

namespace OpsManager.Sources.Sprite;

/// <summary>Tells how a sprite is reached, where that is news: every telling makes a model.</summary>
internal sealed class SpriteTelling(IObserver<IReadOnlyList<Observation>> observer, string repo, IScheduler scheduler)
{
    /// <summary>What is only counted on, with every round, is told so often.</summary>
    private static readonly TimeSpan Untold = TimeSpan.FromSeconds(5);

    private SpriteState? told;
    private DateTimeOffset toldAt;
    private bool toldFailure;

    public void Tell(SpriteState state)
    {
        var now = scheduler.Now;
        if (told is { } before && (now - toldAt).Duration() < Untold && IsNoNews(before, state))
        {
            return;
        }

        (told, toldAt) = (state, now);
        List<Observation> news = [new SpriteSeen(now, repo, state)];
        var isLost = state is { Reach: Reach.LastKnown, Fault: not null };
        if (isLost != toldFailure)
        {
            toldFailure = isLost;
            news.Add(isLost ? new SourceFailed(now, repo, state.Fault!) : new SourceRecovered(now, repo));
        }

        observer.OnNext(news);
    }

    private static bool IsNoNews(SpriteState before, SpriteState now) =>
        before.GoodAt is not null && now.GoodAt is not null && before.Budget.Failed == now.Budget.Failed
        && before == now with { GoodAt = before.GoodAt, KeptAwake = before.KeptAwake, Budget = before.Budget };
}
