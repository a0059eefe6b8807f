using System.Diagnostics;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Compare;
using OpsManager.Core.Pages;
using OpsManager.Sources.Compare;
using OpsManager.Sources.Pages;

namespace OpsManager.Benchmarks.Recordings;

/// <summary>How long two long recordings take to be read from their bytes and compared, and one to become a report.</summary>
internal static class CompareMeasures
{
    public static void Run(int events, TextWriter output)
    {
        using var bytes = new MemoryStream();
        TapeWriter.Write(ReplayMeasures.Tape(events), bytes);
        var (started, tape) = (Stopwatch.GetTimestamp(), Read(bytes));
        var (a, b) = (Open(tape), Open(Read(bytes)));
        var read = Stopwatch.GetElapsedTime(started);
        started = Stopwatch.GetTimestamp();
        var compared = StepText.Describe(RunComparer.Compare(a.Run, b.Run), a, b);
        var took = Stopwatch.GetElapsedTime(started);
        output.WriteLine(
            $"diff of two recordings of {events:N0} events: read in {read.TotalMilliseconds:0} ms, compared in "
            + $"{took.TotalMilliseconds:0} ms, {compared.DifferenceCount} differences");

        started = Stopwatch.GetTimestamp();
        using var page = new StringWriter();
        RunPage.WriteHtml(RunPageReader.Read(tape, null), page);
        output.WriteLine(
            $"report of {events:N0} events: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s, {page.ToString().Length / 1024} KiB");
    }

    private static Tape Read(MemoryStream bytes)
    {
        bytes.Position = 0;
        return TapeReader.Read("long", bytes);
    }

    private static OpenRun Open(Tape tape) => OpenRun.From(RunPlace.Recording(tape), new RunName(tape.Name));
}
