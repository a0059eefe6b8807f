using System.IO.Abstractions;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using OpsManager.Cli;
using OpsManager.Configuration.Recording;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Session;
using OpsManager.Sources;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Replay;
using Xunit;

namespace OpsManager.Tests.Session;

/// <summary>What the screen watches is recorded as config.yaml and the operator want it; on real files and threads.</summary>
public sealed class ScreenRecorderTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempRepo repo = new();
    private readonly string state = Directory.CreateTempSubdirectory("ops-manager-state-").FullName;

    [Fact]
    public async Task What_was_watched_can_be_gone_back_to()
    {
        repo.Write(ArtifactPaths.State, """{"active":true,"iteration":1}""");
        using var recorder = ScreenRecorder.Start(Context, new RecordConfig { IsAlways = true }, [repo.Root]);
        await LookAsync(recorder);

        var tape = recorder.Past(repo.Root)[0].Open();

        Assert.Null(recorder.Recorded[repo.Root].WhyNoPast);
        Assert.Contains(tape.Steps, static step => step is TapePut { Path: ArtifactPaths.State });
        Assert.IsType<TapeRemark>(tape.Steps[^1]);
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_kept_and_the_reason_says_how_to_turn_it_on()
    {
        using var recorder = ScreenRecorder.Start(Context, RecordConfig.Default, [repo.Root]);
        await LookAsync(recorder);

        Assert.Contains("record: always", recorder.Recorded[repo.Root].WhyNoPast, StringComparison.Ordinal);
        Assert.Empty(recorder.Past(repo.Root));
        Assert.Empty(Directory.GetFileSystemEntries(state));
    }

    [Fact]
    public async Task A_second_screen_on_a_repository_says_once_that_another_records_and_goes_back_in_what_that_has()
    {
        repo.Write(ArtifactPaths.State, """{"active":true,"iteration":1}""");
        using var first = ScreenRecorder.Start(Context, new RecordConfig { IsAlways = true }, [repo.Root]);
        await LookAsync(first);
        _ = first.Past(repo.Root);
        using var second = ScreenRecorder.Start(Context, new RecordConfig { IsAlways = true }, [repo.Root]);
        await LookAsync(second);

        var said = await second.News.OfType<ToastRequested>().FirstAsync().Timeout(Patience);

        Assert.Equal($"another ops-manager records {repo.Root}", said.Text);
        using var again = second.News.Subscribe(_ => Assert.Fail("it is said once"));
        Assert.Contains(second.Past(repo.Root)[0].Open().Steps, static step => step is TapePut { Path: ArtifactPaths.State });
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_said_and_watched_all_the_same()
    {
        Directory.CreateDirectory(Path.Combine(state, "ops-manager"));
        await File.WriteAllTextAsync(Path.Combine(state, "ops-manager", "kept"), "a file", TestContext.Current.CancellationToken);
        using var recorder = ScreenRecorder.Start(Context, new RecordConfig { IsAlways = true }, [repo.Root]);

        await LookAsync(recorder);

        var said = await recorder.News.OfType<ToastRequested>().FirstAsync().Timeout(Patience);
        Assert.True(said.IsFault);
        Assert.Contains("is not recorded: ", said.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operator_begins_a_recording_and_ends_it_and_is_told_where_it_is_and_how_much_was_redacted()
    {
        using var recorder = ScreenRecorder.Start(Context, RecordConfig.Default, [repo.Root]);
        using var told = new ReplaySubject<Message>();
        using var news = recorder.News.Subscribe(told);
        recorder.Toggle(repo.Root);
        var begun = await told.OfType<RecordingChanged>().FirstAsync().Timeout(Patience);
        var path = begun.Recording.Tape!;

        recorder.Toggle(repo.Root);

        await told.OfType<RecordingChanged>().FirstAsync(static changed => changed.Recording.Tape is null).Timeout(Patience);
        var said = await told.OfType<ToastRequested>().Skip(1).FirstAsync().Timeout(Patience);
        Assert.EndsWith($"redacted, in {path}", said.Text, StringComparison.Ordinal);
        Assert.True(File.Exists(path));
    }

    public void Dispose()
    {
        repo.Dispose();
        Directory.Delete(state, recursive: true);
    }

    private VerbContext Context => new(
        new FileSystem(), TimeProvider.System, name => name == "XDG_STATE_HOME" ? state : null, static () => "trace");

    /// <summary>Watches until something was seen of a loop, or of the files.</summary>
    private async Task LookAsync(ScreenRecorder recorder)
    {
        using var looks = new ThreadScheduler("looks");
        await recorder.Sources[0].Observe(looks).SelectMany(static seen => seen).FirstAsync(static one => one is not RepoOpened)
            .Timeout(Patience);
    }
}
