using System.Collections.Immutable;
using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Manager;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Sprite;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Watch;
using Xunit;

namespace OpsManager.Tests.Tui.Runs;

/// <summary>Lists that are made of those before them, step by step, are those that the definition gives.</summary>
public sealed class RunListsPropertyTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void After_any_steps_the_lists_are_those_of_the_definition(int seed)
    {
        var world = new World(seed);
        RunLists? known = null;
        FleetDigest? digest = null;
        for (var step = 0; step < 250; step++)
        {
            var what = world.Step(known);
            known = RunLists.From(world.Watched, world.State, known);
            Same(world, known, $"seed {seed}, step {step}: {what}");
            Same(world, RunLists.From(world.Watched, world.State, null), $"anew, seed {seed}, step {step}: {what}");
            digest = FleetDigest.From(world.Watched.Fleet, digest);
            Same(digest, FleetDigest.From(world.Watched.Fleet, null));
        }
    }

    private static void Same(World world, RunLists lists, string where)
    {
        var plain = new PlainRunLists(world.Watched, world.State, world.Held);
        Assert.True(plain.All.SequenceEqual(lists.All), $"{where}: {Names(plain.All)} is {Names(lists.All)}");
        Assert.True(plain.Shown.SequenceEqual(lists.Shown), $"{where}: {Names(plain.Shown)} is {Names(lists.Shown)}");
        Assert.Equal(plain.Rows.Select(Told), lists.Rows.Select(Told));
        // A source that has not said anything yet has a model of its own each time.
        Assert.All(
            lists.Rows,
            row => Assert.Same(world.Watched.Fleet.Repos.GetValueOrDefault(row.Repo.Path, row.Repo), row.Repo));
        LoopKey[] choices = [.. plain.Rows.Select(static row => row.Key).OfType<LoopKey>()];
        Assert.True(choices.SequenceEqual(lists.Choices), where);
        for (var choice = 0; choice < choices.Length; choice++)
        {
            Assert.True(lists.ChoiceOf(choices[choice]) == choice, $"{where}: choice {choice}");
            Assert.Equal(choices[choice], lists.Rows[lists.RowOf(choices[choice])].Key);
            Assert.Equal(choices[choice], lists.Chosen(choices[choice]));
        }

        foreach (var loop in plain.All)
        {
            Assert.True(lists.PlaceOf(loop) == plain.Shown.ToList().IndexOf(loop), where);
            Assert.True(ReferenceEquals(lists.Nearest(LoopKey.From(loop)), plain.Nearest(LoopKey.From(loop))), $"{where}: near {loop.Id}");
        }

        var columns = lists.Columns;
        var host = columns.Extra.FirstOrDefault(static column => column.Column == ExtraColumn.Host).Width;
        Assert.Equal(
            plain.Columns,
            (columns.Name, columns.State, columns.ShortState, columns.HasAlerts, columns.HasNotes,
                string.Join(' ', columns.Extra.Select(static column => column.Column)) + host.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(-1, lists.RowOf(new LoopKey("/none", "loop-1")));
    }

    private static void Same(FleetDigest digest, FleetDigest anew)
    {
        Assert.Equal(anew.Alerts.Select(Told), digest.Alerts.Select(Told));
        Assert.Equal(anew.RolledBack, digest.RolledBack);
        Assert.Equal(anew.Header, digest.Header);
        Assert.Equal(anew.HealthCodes, digest.HealthCodes);
    }

    private static string Names(IEnumerable<LoopModel> loops) => string.Join(' ', loops.Select(static loop => $"{loop.Repo}/{loop.Id}"));

    private static object Told(RunRow row) =>
        (row.Repo.Path, row.Loop, row.IsInGroup, row.Source, row.IsNote, row.IsGroup, row.IsFolded, row.Runs);

    private static object Told(Alert alert) => (alert.Key, alert.Repo.Now, alert.Loop, alert.Finding.Severity, alert.Finding.Since);

    /// <summary>A fleet that is changed at random, and what an operator sets in its list.</summary>
    private sealed class World(int seed)
    {
        private readonly Random random = new(seed);
        private ImmutableDictionary<string, SpriteStyle> sprites = SpriteStyle.None;

        public Watched Watched { get; private set; } = new() { Clock = Start, IsFleet = true };

        public RunsState State { get; private set; } = new();

        /// <summary>The order that is held, as the definition has it.</summary>
        public IReadOnlyList<LoopKey>? Held { get; private set; }

        public string Step(RunLists? lists)
        {
            var kind = random.Next(14);
            switch (kind)
            {
                case 0 or 1:
                    Put(Repo() with { Now = Start.AddSeconds(random.Next(60)) });
                    return "a repository";
                case 2:
                    var path = Path();
                    Watched = Watched with { Fleet = Watched.Fleet with { Repos = Watched.Fleet.Repos.Remove(path) } };
                    return $"{path} is left";
                case 3:
                    sprites = random.Next(3) == 0
                        ? sprites.Remove(Path())
                        : sprites.SetItem(Path(), new SpriteStyle(
                            Word(), new([Word()]), null, random.Next(3) == 0)
                        { Fault = random.Next(8) == 0 ? "a fault" : null });
                    Watched = Watched with { Sprites = sprites };
                    return "sprites";
                case 4:
                    State = State with { Sort = (RunSort)random.Next(4), Held = null };
                    Held = null;
                    return $"sorted by {State.Sort}";
                case 5:
                    State = State with { Filter = State.Filter + Letter() };
                    return $"filter {State.Filter}";
                case 6:
                    State = State with { Filter = State.Filter.Length > 0 ? State.Filter[..^1] : "" };
                    return $"filter {State.Filter}";
                case 7:
                    var group = Path();
                    State = State with { Folded = State.Folded.SymmetricExcept([group]) };
                    return $"fold {group}";
                case 8 when lists is not null:
                    State = RunsUpdate.Hold(State, lists, Start);
                    Held = [.. lists.All.Select(LoopKey.From)];
                    return "held";
                case 9:
                    (State, Held) = (State with { Held = null }, null);
                    return "let go";
                default:
                    var (repo, id) = (Repo(), $"loop-{random.Next(5)}");
                    Put(repo with { Loops = random.Next(5) == 0 ? repo.Loops.Remove(id) : repo.Loops.SetItem(id, Changed(repo, id)) });
                    return $"a loop of {repo.Path}";
            }
        }

        private RepoModel Repo()
        {
            var path = Path();
            var known = Watched.Fleet.Repos.GetValueOrDefault(path) ?? new RepoModel(path);
            var mode = random.Next(6);
            return mode > 3 ? known : known with
            {
                State = Artifact<RuntimeState>.Unseen.With(ArtifactReading<RuntimeState>.Missing, Start),
                Sprite = mode == 0 ? null : new SpriteState
                {
                    Name = Word(),
                    ConnectionMode = mode == 1 ? ConnectionMode.Service : (ConnectionMode)random.Next(4),
                    Fault = random.Next(4) == 0 ? "it does not answer" : null,
                    AsleepSince = random.Next(5) == 0 ? Start : null,
                    GoodAt = random.Next(2) == 0 ? Start : null,
                },
            };
        }

        private LoopModel Changed(RepoModel repo, string id)
        {
            var loop = repo.Loops.GetValueOrDefault(id) ?? new LoopModel(repo.Path, id);
            var ruling = loop.Verdict.Ruling with
            {
                Lifecycle = (Lifecycle)random.Next(7),
                Since = random.Next(3) == 0 ? null : Start.AddSeconds(-random.Next(100)),
                IsPaused = random.Next(8) == 0,
            };
            FindingRecord finding = new()
            {
                Code = Word(),
                Severity = (Severity)random.Next(3),
                Since = random.Next(3) == 0 ? null : Start.AddSeconds(-random.Next(9)),
                Evidence = [],
            };
            return loop with { Verdict = loop.Verdict with { Ruling = ruling, Findings = random.Next(3) == 0 ? [finding] : [] } };
        }

        private void Put(RepoModel repo) =>
            Watched = Watched with { Fleet = Watched.Fleet with { Repos = Watched.Fleet.Repos.SetItem(repo.Path, repo) } };

        private string Path() => $"/srv/{(char)('a' + random.Next(7))}";

        private string Word() => new((char)('a' + random.Next(4)), 1 + random.Next(24));

        private string Letter() => random.Next(12) switch
        {
            0 => " ",
            1 => "!",
            2 => "is:r",
            3 => "@",
            4 => "l",
            5 => "o",
            6 => "-",
            _ => ((char)('a' + random.Next(4))).ToString(),
        };
    }
}
