using System.IO.Abstractions;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using OpsManager.Control.Act;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Sprite;
using Xunit;

namespace OpsManager.Control.Tests.Act;

/// <summary>The runtime's command is a fact of the model, and follows what is installed: real files, virtual time.</summary>
public sealed class CommandWatchTests : IDisposable
{
    private readonly TempRepo folder = new();
    private readonly HistoricalScheduler time = new(WatchedRepo.Start);
    private readonly Reducer reducer = new(FoldOptions.Default);
    private readonly BehaviorSubject<FleetModel> models = new(FleetModel.Empty);
    private readonly IDisposable watching;
    private int told;

    public CommandWatchTests()
    {
        var finder = new CommandFinder(new FileSystem(), name => name == "PATH" ? folder.Full("bin") : null);
        watching = new CommandWatch(path => finder.Find(path, null)).Observe(models, time).Subscribe(seen =>
        {
            told++;
            Fold([.. seen]);
        });
    }

    public void Dispose()
    {
        watching.Dispose();
        models.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_command_that_is_installed_or_taken_away_while_the_screen_runs_is_noticed()
    {
        Fold(new RepoOpened(time.Now, folder.Root));
        time.AdvanceBy(TimeSpan.FromMilliseconds(1));
        Assert.Equal("superloop.sh was not found. Set --superloop-bin or SUPERLOOP_BIN.", Command!.Fault);

        Program("bin/superloop.sh");
        time.AdvanceBy(CommandWatch.Every);
        Assert.Equal((folder.Full("bin/superloop.sh"), "PATH"), (Command!.Command!.File, Command.Command.FoundBy));

        // The repository's own comes first.
        Program("superloop.sh");
        time.AdvanceBy(CommandWatch.Every);
        Assert.Equal(folder.Full("superloop.sh"), Command!.Command!.File);

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.Full("superloop.sh"), UnixFileMode.UserRead);
        }

        time.AdvanceBy(CommandWatch.Every);
        Assert.EndsWith("run chmod +x on it", Command!.Fault, StringComparison.Ordinal);

        // What stays as it is, is not told again.
        var before = told;
        time.AdvanceBy(TimeSpan.FromMinutes(10));
        Assert.Equal(before, told);
    }

    [Fact]
    public void It_is_not_looked_for_where_nothing_of_this_host_would_act()
    {
        Fold(
            new RepoOpened(time.Now, "/srv/tape", "a recording"),
            new RepoOpened(time.Now, "/srv/sprite"),
            new SpriteSeen(time.Now, "/srv/sprite", new SpriteState { Name = "billing" }));
        time.AdvanceBy(TimeSpan.FromMinutes(1));

        Assert.Equal(0, told);
        Assert.All(models.Value.Repos.Values, static repo => Assert.Null(repo.Command));
    }

    [Fact]
    public void A_repository_that_is_not_watched_any_more_does_not_come_back_by_it()
    {
        Assert.Empty(reducer.Reduce(FleetModel.Empty, [new CommandSeen(time.Now, "/srv/gone", CommandSearch.None("no"))]).Repos);
    }

    private CommandSearch? Command => models.Value.Repos[folder.Root].Command;

    private void Fold(params Observation[] seen) => models.OnNext(reducer.Reduce(models.Value, seen));

    private void Program(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Full(path))!);
        folder.Write(path, "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.Full(path), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }
}
