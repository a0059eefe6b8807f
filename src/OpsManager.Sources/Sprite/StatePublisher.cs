using System.Reactive.Concurrency;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Sprite;

namespace OpsManager.Sources.Sprite;

/// <summary>Publishes how a sprite is reached, where that is news: every observation makes a model.</summary>
internal sealed class StatePublisher(IObserver<IReadOnlyList<Observation>> observer, string repo, IScheduler scheduler)
{
    /// <summary>What only counts on, with every round, is published so often.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private SpriteState? published;
    private DateTimeOffset publishedAt;
    private bool publishedFailure;

    public void Publish(SpriteState state)
    {
        var now = scheduler.Now;
        if (published is { } before && (now - publishedAt).Duration() < Interval && IsNoNews(before, state))
        {
            return;
        }

        (published, publishedAt) = (state, now);
        List<Observation> news = [new SpriteSeen(now, repo, state)];
        var isLost = state is { ConnectionMode: ConnectionMode.LastKnown, Fault: not null };
        if (isLost != publishedFailure)
        {
            publishedFailure = isLost;
            news.Add(isLost ? new SourceFailed(now, repo, state.Fault!) : new SourceRecovered(now, repo));
        }

        observer.OnNext(news);
    }

    private static bool IsNoNews(SpriteState before, SpriteState now) =>
        before.GoodAt is not null && now.GoodAt is not null && before.Budget.Failed == now.Budget.Failed
        && before == now with { GoodAt = before.GoodAt, KeptAwake = before.KeptAwake, Budget = before.Budget };
}
