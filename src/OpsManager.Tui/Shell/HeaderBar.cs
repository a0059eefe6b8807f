using System.Globalization;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Text;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Model;
using OpsManager.Core.Planning;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Replay;
using OpsManager.Tui.Content;
using OpsManager.Tui.Replay;
using OpsManager.Tui.Text;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Shell;

/// <summary>
/// The top line: what is watched and how, the worst of what is shown, how many runs there are in each state, and a dot that beats
/// as long as the screen works.
/// </summary>
internal static class HeaderBar
{
    private const string Between = " · ";

    /// <summary>Cells of a title that are worth their room.</summary>
    private const int ShortestTitle = 8;

    public static (Row Left, Row Right) Compose(AppModel model, int width)
    {
        var beat = model.Clock.ToUnixTimeSeconds() % 2 == 0 ? "*" : ".";
        var clock = model.Replay is { } replay ? ReplayText.Clock(replay) : $"{Ages.Clock(model.Clock)}Z";
        var right = new Span($" {beat} {clock} ", StyleRole.Header);
        var room = width - right.Text.Length;
        // A blank is before the first part, and nothing between it and another.
        var fitting = model.Replay is null ? room : room + Between.Length - 1;
        var spans = new List<Span>();
        Span[] parts = [.. Fitting(Parts(model, width), fitting).OrderBy(static kept => kept.Index).Select(static kept => kept.Part)];
        foreach (var part in model.Replay is { } titled ? Titled(parts, TitleOf(model, titled, width), fitting) : parts)
        {
            if (spans.Count > 0)
            {
                spans.Add(new(Between, StyleRole.Header));
            }

            spans.Add(part);
        }

        return (new Row([new(" ", StyleRole.Header), .. spans]), Row.From(right));
    }

    /// <summary>Parts from the left, each with how soon it is left out where there is no room: the counts stay longest.</summary>
    private static IEnumerable<(Span Part, int Rank)> Parts(AppModel model, int width)
    {
        if (model.Replay is { } replay)
        {
            yield return (new(model.IsPast ? " PAST " : " REPLAY ", StyleRole.Demo), 0);
            yield return (new(ReplayText.Position(replay), StyleRole.Header), 0);
            yield return (new(ReplayText.Motion(replay), StyleRole.Header), 0);
        }
        else
        {
            yield return (new("ops-manager", StyleRole.Header), 6);
            yield return (new(Breadcrumb.Text(model, Watched(model), width * 2 / 5) ?? Watched(model), StyleRole.Header), 2);
            yield return (new(StageOf(model), StyleRole.Header), 4);
            yield return Transport(model);
        }

        if (model.CurrentRepo is { } repo && model.Recorded.GetValueOrDefault(repo.Path)?.Tape is not null)
        {
            yield return (new("recording", StyleRole.HeaderAlert), 1);
        }

        if (model.Fleet.SnapshotOnly)
        {
            yield return (new("snapshot-only", StyleRole.HeaderAlert), 1);
        }

        var parts = HeaderRule.Parts(model.Header);
        yield return (Span(parts[0]), 1);
        if (model.Replay is null && parts[0].IsHealth && model.HealthCodes is { Count: > 0 } codes)
        {
            yield return (new(SafeText.Clean(string.Join(", ", codes)), StyleRole.Header), 7);
        }

        foreach (var part in parts.Skip(1))
        {
            yield return (Span(part), 1);
        }
    }

    /// <summary>Where the operator is in the recording, or what it is.</summary>
    private static string TitleOf(AppModel model, ReplayState replay, int width) =>
        Breadcrumb.Text(model, ReplayText.Title(replay), width / 3) ?? ReplayText.Title(replay);

    /// <summary>Name and title of the recording behind the mark, in what room is left; less than a few cells of it say nothing.</summary>
    private static Span[] Titled(Span[] parts, string title, int room)
    {
        var left = room - Between.Length - parts.Sum(static part => CellText.Width(part.Text) + Between.Length);
        // Where the position has no room a title has none either.
        return left < ShortestTitle || parts.Length < 3
            ? parts
            :
            [
                .. parts.Take(1),
                new(CellText.Truncate(SafeText.Clean(title), left), StyleRole.Header),
                .. parts.Skip(1),
            ];
    }

    private static Span Span(HeaderPart part) => new(part.Text, part.Calls ? StyleRole.HeaderAlert : StyleRole.Header);

    /// <summary>How the chosen run is read; a way that is not the sprite's own is an alert.</summary>
    private static (Span Part, int Rank) Transport(AppModel model)
    {
        var shown = model.CurrentRepo ?? (model.Fleet.Repos.Count == 1 ? model.Fleet.Repos.Values.First() : null);
        return shown is { Sprite: { } sprite } repo ? Transport(sprite, model.NowIn(repo)) : (new("local", StyleRole.Header), 5);
    }

    private static (Span Part, int Rank) Transport(SpriteState sprite, AgeClock now) => sprite switch
    {
        { AsleepSince: not null } asleep => (new(SpriteText.Silence(asleep, now), StyleRole.Header), 2),
        { ConnectionMode: ConnectionMode.LastKnown } lost => (new(SpriteText.Silence(lost, now), StyleRole.HeaderAlert), 2),
        { ConnectionMode: ConnectionMode.Pull, Fault: not null, By: var by } => (new($"pulled by {by}", StyleRole.HeaderAlert), 2),
        { ConnectionMode: ConnectionMode.Pull, By: var by } => (new($"{by}", StyleRole.Header), 5),
        { Fault: not null } => (new($"{Way(sprite)} failing", StyleRole.HeaderAlert), 2),
        { IsLeftAlone: true } => (new("service, not polled", StyleRole.Header), 2),
        _ => (new(Way(sprite), StyleRole.Header), 5),
    };

    private static string Way(SpriteState sprite) => sprite.By ?? sprite.FirstWay;

    private static IEnumerable<(Span Part, int Index)> Fitting(IEnumerable<(Span Part, int Rank)> parts, int room)
    {
        foreach (var (index, (part, _)) in parts.Index().OrderBy(static part => part.Item.Rank))
        {
            room -= CellText.Width(part.Text) + Between.Length;
            if (room < 0)
            {
                yield break;
            }

            yield return (part, index);
        }
    }

    private static string Watched(AppModel model) => model.SourceCount switch
    {
        0 => model is { IsFleet: true } ? "no sprites" : "starting",
        1 => SafeText.Clean(model.NameOf(model.Sources.First().Path)),
        var count when model.IsFleet => $"{count.ToString(CultureInfo.InvariantCulture)} sprites",
        var count => $"{count.ToString(CultureInfo.InvariantCulture)} repositories",
    };

    /// <summary>Whether the chosen run can be acted on from here; a recording says what it would be on a live run.</summary>
    private static string StageOf(AppModel model) => model.Current switch
    {
        { Rollback: not null } or { Trigger: not null } => "rolled back",
        { } loop => StageWord.Of(WhyPassive(model, loop) is null ? RolloutStage.Assisted : RolloutStage.Passive),
        null => StageWord.Of(model.WhyNoControl is null ? RolloutStage.Assisted : RolloutStage.Passive),
    };

    private static string? WhyPassive(AppModel model, LoopModel loop) =>
        model.Fleet.Repos[loop.Repo].Replay is null ? Sending.WhyNot(model, loop) : Stage.WhyNot(loop) ?? model.WhyNotIn(loop.Repo);
}
