using System.Reactive.Concurrency;
using System.Reactive.Linq;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources;
using OpsManager.Sources.Local;
using Xunit;

namespace OpsManager.Tests.Sources;

public sealed class SourceSetTests : IDisposable
{
    private readonly HistoricalScheduler scheduler = new(WatchedRepo.Start);
    private readonly MadeSource a = new("/srv/a");
    private readonly MadeSource b = new("/srv/b");
    private readonly SourceSet set;
    private FleetModel fleet = FleetModel.Empty;
    private int models;
    private IDisposable? watching;

    public SourceSetTests() => set = new SourceSet([a]);

    public void Dispose()
    {
        watching?.Dispose();
        set.Dispose();
    }

    [Fact]
    public void It_is_a_list_of_what_it_holds_now_and_tells_of_changes()
    {
        var told = new List<string>();
        using var listening = set.Contents.Subscribe(now => told.Add(string.Join(' ', now.Select(static source => source.Repo))));
        var before = set.Select(static source => source.Repo);

        set.Set([b, a]);

        Assert.Equal((2, "/srv/b"), (set.Count, set[0].Repo));
        Assert.Equal(["/srv/a", "/srv/b /srv/a"], told);
        Assert.Equal(["/srv/b", "/srv/a"], before);
        Assert.Throws<ArgumentException>(() => set.Set([a, new MadeSource("/srv/a")]));
        Assert.Equal(2, set.Count);
    }

    [Fact]
    public void A_source_that_is_added_is_observed_and_the_others_are_not_disturbed()
    {
        Watch();
        a.Say(new LoopAppeared(scheduler.Now, a.Repo, "l"));
        var loop = fleet.Loop(a.Repo, "l");

        set.Set([a, b]);
        Assert.Equal((0, 0), b.Uses);
        scheduler.AdvanceBy(TimeSpan.FromMilliseconds(1));

        Assert.Equal(((1, 0), (1, 0)), (a.Uses, b.Uses));
        Assert.Equal(["/srv/a", "/srv/b"], fleet.Repos.Keys);
        Assert.Same(loop, fleet.Loop(a.Repo, "l"));
    }

    [Fact]
    public void One_that_is_gone_is_left_and_nothing_of_it_comes_after_its_end()
    {
        set.Set([a, b]);
        Watch();

        Change(b);
        a.Say(new LoopAppeared(scheduler.Now, a.Repo, "late"));

        Assert.Equal(((1, 1), (1, 0)), (a.Uses, b.Uses));
        Assert.Equal(["/srv/b"], fleet.Repos.Keys);
    }

    [Fact]
    public void Another_source_of_the_same_repository_begins_with_nothing()
    {
        Watch();
        a.Say(new LoopAppeared(scheduler.Now, a.Repo, "l"));
        var anew = new MadeSource(a.Repo);

        Change(anew);

        Assert.Equal(((1, 1), (1, 0)), (a.Uses, anew.Uses));
        Assert.Equal(["/srv/a"], fleet.Repos.Keys);
        Assert.Empty(fleet.Loops);
    }

    [Fact]
    public void The_same_again_changes_nothing_and_one_that_comes_back_is_observed_anew()
    {
        Watch();
        Change(a);
        Assert.Equal(((1, 0), 1), (a.Uses, models));

        Change();
        Assert.Empty(fleet.Repos);
        Change(a);
        Assert.Equal((2, 1), a.Uses);
        Assert.Equal(["/srv/a"], fleet.Repos.Keys);
    }

    [Fact]
    public void One_that_breaks_is_shown_as_failed_and_the_others_go_on()
    {
        set.Set([a, b]);
        Watch();

        a.Break(new IOException("gone"));
        b.Say(new LoopAppeared(scheduler.Now, b.Repo, "l"));

        Assert.Equal("gone", fleet.Repos["/srv/a"].Failure?.Fault);
        Assert.NotNull(fleet.Loop(b.Repo, "l"));
        Change(b);
        Assert.Equal(["/srv/b"], fleet.Repos.Keys);
    }

    [Fact]
    public void When_the_models_are_left_every_source_is()
    {
        set.Set([a, b]);
        Watch();

        watching!.Dispose();
        Change(a);

        Assert.Equal(((1, 1), (1, 1)), (a.Uses, b.Uses));
    }

    [Fact]
    public void What_a_check_finds_of_a_repository_that_has_gone_makes_no_new_one()
    {
        Watch();
        a.Say(new LoopAppeared(scheduler.Now, a.Repo, "l"));
        Change(b);

        var after = new Reducer(FoldOptions.Default).Reduce(
            fleet, [new ParityChecked(scheduler.Now, a.Repo, "l", ParityOrigin.Scratch, "it differs")]);

        Assert.Equal(["/srv/b"], after.Repos.Keys);
    }

    [Fact]
    public void Lines_and_files_of_a_repository_that_has_gone_are_told_to_be_gone()
    {
        var watched = new WatchedRepo().Events(RuntimeText.Event("loop_start"));
        watched.LookAtAll();
        var (text, files) = (new EventText(set), new LoopFiles(set));

        Assert.Contains("no longer in the file", text.Read(watched.Loop, 0, 1)[0].ToString(), StringComparison.Ordinal);
        Assert.Null(text.Raw(watched.Loop, 0));
        Assert.Equal("this repository is not watched", files.Open(WatchedRepo.Path, ".superloop/state.json").Fault);
    }

    private void Watch() => watching = Pipeline
        .Models(set, new Reducer(FoldOptions.Default), scheduler)
        .Subscribe(model => (fleet, models) = (model, models + 1));

    private void Change(params ISource[] sources)
    {
        set.Set(sources);
        scheduler.AdvanceBy(TimeSpan.FromMilliseconds(1));
    }
}
