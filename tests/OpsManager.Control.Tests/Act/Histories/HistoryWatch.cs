using System.IO.Abstractions;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;

namespace OpsManager.Control.Tests.Act.Histories;

/// <summary>How one manager process looks at the repository: on its own, by polling, from when it was started.</summary>
internal sealed class HistoryWatch : IDisposable
{
    private readonly CompositeDisposable watching;
    private string? fault;

    public HistoryWatch(
        IFileSystem files, HistoryFiles artifacts, HistoryProcesses processes, HistoryClock clock,
        params IReadOnlyList<IModelRecorder> keepers)
    {
        var root = artifacts.Root;
        var source = new LocalSource(root, GuardedFiles.Open(files, root), processes, new NoHints(), FollowOptions.Default);
        var models = Pipeline.Models([source], new Reducer(FoldOptions.Default), clock.Scheduler).Replay(1);
        var kept = new ModelRecorders(keepers);
        watching = [models.Subscribe(model => fault = kept.Record(model) ?? fault), models.Connect()];
        Models = models;
    }

    public IObservable<FleetModel> Models { get; }

    /// <summary>What its keepers could not keep; null where they could.</summary>
    public string? Fault => fault;

    public void Dispose() => watching.Dispose();
}
