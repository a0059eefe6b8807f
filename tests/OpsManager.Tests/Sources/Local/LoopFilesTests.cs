using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Sources;
using OpsManager.Sources.Files;
using OpsManager.Sources.Local;
using OpsManager.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Local;

public sealed class LoopFilesTests : IDisposable
{
    private const string Dir = ".superloop/loops/" + TempRepo.Loop;

    private readonly TempRepo repo = new();

    public void Dispose() => repo.Dispose();

    [Fact]
    public void The_named_artifacts_come_first_then_the_logs_newest_first_then_the_managers_files()
    {
        foreach (var path in (string[])[
            $"{Dir}/zzz.txt", $"{Dir}/plan.md", $"{Dir}/approval.json", $"{Dir}/events.jsonl", $"{Dir}/logs/iter-9/planner.log",
            $"{Dir}/logs/iter-10/b.log",
            $"{Dir}/logs/iter-10/a.log", $"{Dir}/logs/other.log", $"{Dir}/prompts/planner.md", $"{Dir}/a/b/c/too-deep",
            ".superloop/state.json",
            ".superloop/ops-manager/checkout-flow/state.json", ".superloop/ops-manager/checkout-flow/telemetry/reconcile.jsonl",
            ".superloop/ops-manager/other/state.json"
            ])
        {
            Write(path, "x");
        }

        var list = List();
        Assert.Equal(
            [
                "Repo state.json", "Loop events.jsonl", "Loop approval.json", "Loop plan.md", "Loop zzz.txt", "Loop logs/other.log",
                "Loop logs/iter-10/a.log",
                "Loop logs/iter-10/b.log", "Loop logs/iter-9/planner.log", "Loop prompts/planner.md", "Manager state.json",
                "Manager telemetry/reconcile.jsonl",
            ],
            list.Files.Select(static file => $"{file.Group} {file.Name}"));
        Assert.Equal(1, list.LeftOut);
        Assert.All(list.Files, static file => Assert.Equal((1L, true, null), (file.Size, file.ModifiedAt is not null, file.Fault)));
        Assert.Equal($"{Dir}/logs/iter-10/a.log", list.Files[6].Path);
    }

    [Fact]
    public void A_link_is_listed_with_its_fault_and_leads_nowhere()
    {
        File.CreateSymbolicLink(repo.Full($"{Dir}/plan.md"), "/etc/passwd");
        File.CreateSymbolicLink(repo.Full($"{Dir}/logs"), "/etc");
        var list = List();

        Assert.Equal(["plan.md", "logs"], list.Files.Select(static file => file.Name));
        Assert.All(list.Files, static file =>
            Assert.Equal((null, "a symbolic link, which is not followed; put what it leads to in its place"), (file.Size, file.Fault)));
        Assert.Equal("a symbolic link, which is not followed; put what it leads to in its place", Open($"{Dir}/plan.md").Fault);
        Assert.Equal(
            $"{Dir}/logs is a symbolic link, which is not followed; put what it leads to in its place", Open($"{Dir}/logs/passwd").Fault);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../etc/passwd")]
    [InlineData(".superloop/../secret")]
    [InlineData(".superloop/loops/./x")]
    [InlineData(".superloop//x")]
    [InlineData("README.md")]
    public void Only_what_stands_under_superloop_is_opened(string path) =>
        Assert.Equal("not a path under .superloop", Open(path).Fault);

    [Fact]
    public void Many_files_are_listed_up_to_a_limit_with_the_newest_logs_and_the_managers_files()
    {
        for (var i = 1; i <= 40; i++)
        {
            for (var j = 0; j < 20; j++)
            {
                Write($"{Dir}/logs/iter-{i}/{j}.log", "x");
            }
        }

        Write($"{ArtifactPaths.Manager(TempRepo.Loop)}/state.json", "{}");
        var list = List();

        Assert.Equal(LoopFiles.MaxFiles, list.Files.Count);
        Assert.Equal(("logs/iter-40/0.log", LoopFileGroup.Manager), (list.Files[0].Name, list.Files[^1].Group));
        Assert.True(list.LeftOut > 0);
    }

    [Fact]
    public void A_loop_whose_id_leads_elsewhere_has_no_files_of_its_own()
    {
        Write("secret/x", "x");
        Write(".superloop/state.json", "{}");

        Assert.Equal(["state.json"], Files().List(new LoopModel("repo", "../../secret")).Files.Select(static file => file.Name));
        Assert.Empty(Files().List(new LoopModel("unknown", TempRepo.Loop)).Files);
        Assert.Equal("this repository is not watched", Files().Open("unknown", $"{Dir}/x").Fault);
    }

    [Fact]
    public void The_files_of_a_tape_are_listed_and_opened_alike()
    {
        var tape = new TapeFiles();
        foreach (var path in (string[])[ArtifactPaths.State, $"{Dir}/plan.md", $"{Dir}/logs/iter-1/a.log"])
        {
            tape.Apply(new TapePut(default, 0, path, Encoding.UTF8.GetBytes("one\ntwo")), WatchedRepo.Start);
        }

        var files = new LoopFiles([new Source(tape)]);
        Assert.Equal(
            ["state.json", "plan.md", "logs/iter-1/a.log"],
            files.List(new LoopModel("repo", TempRepo.Loop)).Files.Select(static file => file.Name));
        Assert.Equal(["one", "two"], files.Open("repo", $"{Dir}/logs/iter-1/a.log").Forward(0, 10).Select(static line => line.Text));
    }

    [Fact]
    public void The_raw_text_of_an_event_is_what_stands_in_the_file()
    {
        var watched = new WatchedRepo()
            .State(RuntimeText.State(true))
            .Events(RuntimeText.Event("loop_start"), "oops\n", RuntimeText.Event("role_start"));
        var loop = watched.Look();
        var text = new EventText([new Source(watched.Files, WatchedRepo.Path)]);

        Assert.Equal(RuntimeText.Event("loop_start").TrimEnd('\n'), text.Raw(loop, 0));
        Assert.Equal("oops", text.Raw(loop, 1));
        Assert.Null(text.Raw(loop, 3));
        Assert.Null(text.Raw(loop, -1));
        watched.Remove(ArtifactPaths.Events(RuntimeText.Loop));
        Assert.Null(text.Raw(loop, 0));
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(repo.Full(path))!);
        repo.Write(path, text);
    }

    private LoopFiles Files() => new([new Source(repo.Files)]);

    private LoopFileList List() => Files().List(new LoopModel("repo", TempRepo.Loop));

    private ITextLines Open(string path) => Files().Open("repo", path);

    private sealed class Source(IRepoFiles files, string repo = "repo") : ISource
    {
        public string Repo => repo;

        public IRepoFiles Files => files;

        public IObservable<IReadOnlyList<Observation>> Observe(IScheduler scheduler) => Observable.Never<IReadOnlyList<Observation>>();
    }
}
