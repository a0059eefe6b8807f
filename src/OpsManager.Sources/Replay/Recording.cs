using System.Collections.Immutable;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Replay;

/// <summary>
/// A tape that can be looked at, at any moment. It is played once, from its start, and what was seen is kept, with a model every so many
/// looks: any other model is folded from the one before it, and is equal to one that is folded from the start. One thread uses it.
/// </summary>
internal sealed class Recording
{
    /// <summary>Where there would be more keyframes, every other one is dropped: memory does not grow with the length.</summary>
    private const int MaxKeyframes = 4096;

    private const int FirstSpacing = 32;

    private readonly Tape tape;
    private readonly TapeDeck deck;
    private readonly Reducer reducer;
    private readonly List<ReplayLook> looks = [];
    private readonly List<FleetModel> keyframes = [];
    private readonly ReplayPoints points = new();
    private readonly SilencePace pace;
    private int spacing = FirstSpacing;
    private LogGrowth? growing;
    private (int Look, FleetModel Model) newest;
    private (int Look, FleetModel Model) shown;

    public Recording(Tape tape, string repo, ReplayOptions options)
    {
        this.tape = tape;
        (Repo, reducer) = (repo, new Reducer(options.Fold));
        deck = new TapeDeck(tape, repo, options.Follow);
        pace = new SilencePace(options.Follow.Poll, tape.Length);
        Keep(new ReplayLook(TimeSpan.Zero, 0, 0, 0, IsChange: false, new AnySeen([deck.Opening])));
        Look(TimeSpan.Zero);
    }

    /// <summary>The path of the repository in its models.</summary>
    public string Repo { get; }

    public TimeSpan Length => tape.Length;

    public DateTimeOffset RecordedAt => tape.RecordedAt;

    /// <summary>Up to there every moment can be shown.</summary>
    public TimeSpan ReadTo => deck.IsOver ? tape.Length : deck.At;

    public bool IsReadWhole => deck.IsOver;

    /// <summary>The newest look that was taken; there are always some.</summary>
    public int Last => looks.Count - 1;

    /// <summary>Recorded changes that were read.</summary>
    public int Changes => looks[^1].Changes;

    public ImmutableArray<ReplayPoint> Points => points.All;

    /// <summary>The model at the end; null until all was read.</summary>
    public FleetModel? End => IsReadWhole ? newest.Model : null;

    public ReplayLook this[int look] => looks[look];

    /// <summary>Reads on, by at most so many looks.</summary>
    public void ReadOn(int count)
    {
        for (var i = 0; i < count && !deck.IsOver; i++)
        {
            Look(pace.Next(deck));
        }

        points.Publish(isOver: deck.IsOver);
    }

    /// <summary>The newest look at or before a moment.</summary>
    public int LookAt(TimeSpan at) => Math.Max(0, Ordered.CountUpTo(looks, at.Ticks, static look => look.At.Ticks) - 1);

    /// <summary>
    /// The nearest look with a recorded change behind another, or before it; null where there is none, or none was read yet.
    /// </summary>
    /// <param name="by">1 or -1.</param>
    public int? Change(int look, int by)
    {
        // Between two changes lie few looks: a silence is looked at ever more rarely.
        var next = look + by;
        while (next >= 0 && next < looks.Count && !looks[next].IsChange)
        {
            next += by;
        }

        return next >= 0 && next < looks.Count ? next : null;
    }

    /// <summary>What the newest recorded change up to a look was, in a few words; null where there is none.</summary>
    public string? Changed(int look)
    {
        var change = looks[look].IsChange ? look : Change(look, -1);
        return change is { } at and > 0 ? ChangeText.From(tape.Steps, looks[at - 1].Steps, looks[at].Steps) : null;
    }

    /// <summary>The files as they were at a look.</summary>
    public IRepoFiles FilesAt(int look) => deck.Files.At(looks[look].Steps);

    /// <summary>The model at a moment, with the looks up to <paramref name="look"/> in it.</summary>
    public FleetModel ModelAt(int look, TimeSpan at)
    {
        var model = ModelAt(look);
        return at > looks[look].At ? reducer.Reduce(model, [new Ticked(tape.RecordedAt + at, Repo)]) : model;
    }

    private FleetModel ModelAt(int look)
    {
        var from = (Look: look / spacing * spacing, Model: keyframes[look / spacing]);
        from = shown.Look <= look && shown.Look > from.Look ? shown : from;
        from = newest.Look == look ? newest : from;
        for (; from.Look < look; from = (from.Look + 1, Fold(from.Model, looks[from.Look + 1])))
        {
        }

        shown = from;
        return from.Model;
    }

    private FleetModel Fold(FleetModel model, ReplayLook look) =>
        reducer.Reduce(
            model,
            [.. look.Seen.At(tape.RecordedAt + look.At, look.Rows), new Ticked(tape.RecordedAt + look.At, Repo)]);

    private void Look(TimeSpan at)
    {
        var before = deck.Files.Moment;
        var (seen, _) = deck.Move(at);
        var steps = deck.Files.Moment;
        var isChange = tape.Steps.Skip(before).Take(steps - before).Any(static step => step is not TapeMark);
        if (seen.Count > 0 || isChange)
        {
            var (content, rows) = Content(seen);
            Keep(new ReplayLook(deck.At, steps, looks[^1].Changes + (isChange ? 1 : 0), rows, isChange, content));
        }
    }

    /// <summary>The tick that ends each look is made again when it is folded.</summary>
    private (ILookSeen Content, int Rows) Content(IReadOnlyList<Observation> seen)
    {
        Observation[] kept = [.. seen is [.., Ticked] ? seen.Take(seen.Count - 1) : seen];
        if (kept is not [EventsSeen { Count: > 0 } grown])
        {
            return (new AnySeen(kept), 0);
        }

        growing = growing?.Makes(grown) == true ? growing : new LogGrowth(grown);
        return growing.Makes(grown) ? (growing, grown.Count) : (new AnySeen(kept), 0);
    }

    private void Keep(ReplayLook look)
    {
        var model = Fold(newest.Model ?? FleetModel.Empty, look);
        looks.Add(look);
        points.Add(look.At, newest.Model ?? FleetModel.Empty, model);
        newest = (looks.Count - 1, model);
        if (newest.Look % spacing != 0)
        {
            return;
        }

        keyframes.Add(model);
        if (keyframes.Count > MaxKeyframes)
        {
            spacing *= 2;
            keyframes.RemoveAll(EveryOther());
        }
    }

    private static Predicate<FleetModel> EveryOther()
    {
        var place = 0;
        return _ => place++ % 2 == 1;
    }
}
