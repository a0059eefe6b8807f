using System.Globalization;
using System.IO.Abstractions;
using System.Reactive.Concurrency;
using OpsManager.Benchmarks.Data;
using OpsManager.Contract.Service;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Sprite;

namespace OpsManager.Benchmarks.Fleet;

/// <summary>Sprites of a fleet whose copies are there: what memory each takes, and what watching costs while nothing moves.</summary>
internal static class CopyMeasures
{
    private const int Lines = 5;

    public static void Run(int sprites, int loops, TextWriter output)
    {
        var (files, time) = (new FileSystem(), new HistoricalScheduler(DateTimeOffset.UtcNow));
        var copies = Enumerable.Range(0, sprites).Select(_ => new BenchRepo(loops, Lines)).ToList();
        var before = Used();
        var sources = copies.ConvertAll(copy => new SpriteSource(
            files, TimeProvider.System, copy.Path,
            new SpriteSettings { Name = Path.GetFileName(copy.Path), First = new SilentWay() }));
        Say(output, "a source that is not watched yet", Used() - before, sprites);
        var (fold, fleet, batches) = (new Reducer(FoldOptions.Default), FleetModel.Empty, 0);
        var watching = sources.ConvertAll(source => source.Observe(time).Subscribe(seen =>
        {
            batches++;
            fleet = fold.Reduce(fleet, seen);
        }));
        time.AdvanceBy(TimeSpan.FromMinutes(1));
        Say(output, "sources and models, all read", Used() - before, sprites);
        batches = 0;
        var start = Environment.CpuUsage.TotalTime;
        const int Minutes = 5;
        time.AdvanceBy(TimeSpan.FromMinutes(Minutes));
        var took = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"copies   {Minutes} quiet minutes: {took:0.00} s CPU, {took / Minutes / 60:0.00%} of a core, {batches} batches"));
        GC.KeepAlive(fleet);
        watching.ForEach(static one => one.Dispose());
        sources.ForEach(static source => source.Dispose());
        copies.ForEach(static copy => copy.Dispose());
    }

    private static long Used() => GC.GetTotalMemory(forceFullCollection: true);

    private static void Say(TextWriter output, string name, long bytes, int sprites) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"copies   {name}: {bytes / 1048576.0:0.0} MiB, {bytes / 1024.0 / sprites:0.0} KiB a sprite"));

    /// <summary>A stream in which nothing comes.</summary>
    private sealed class SilentWay : IFirstWay, ILoopTransport
    {
        public BudgetReading Budget => BudgetReading.None;

        public DateTimeOffset? OpenSince => null;

        public TimeSpan KeptAwake => TimeSpan.Zero;

        public string? Note => null;

        public bool IsPushed => true;

        public string Word => "stream";

        public bool HandsOutFiles => true;

        public ILoopTransport Open(bool isProbing) => this;

        public void Slept()
        {
        }

        public void Forgive()
        {
        }

        public void Listen(Action? listener)
        {
        }

        public Task<LoopList?> LoopsAsync(CancellationToken cancel) => Never<LoopList?>(cancel);

        public Task<TaggedSnapshot> SnapshotAsync(string loop, string? known, CancellationToken cancel) => Never<TaggedSnapshot>(cancel);

        public Task<EventPage> EventsAsync(string loop, long cursor, int most, CancellationToken cancel) => Never<EventPage>(cancel);

        public Task<ReadOnlyMemory<byte>?> FileAsync(string loop, string name, long offset, CancellationToken cancel) =>
            Never<ReadOnlyMemory<byte>?>(cancel);

        private static Task<T> Never<T>(CancellationToken cancel) => new TaskCompletionSource<T>().Task.WaitAsync(cancel);
    }
}
