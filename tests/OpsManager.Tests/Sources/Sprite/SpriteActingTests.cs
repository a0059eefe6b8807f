using System.IO.Abstractions;
using System.Reactive.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Control.Act;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Control;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Sprite;
using OpsManager.Tests.Service;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>An intent is carried out by a real service over a real connection, and verified from the copy.</summary>
public sealed class SpriteActingTests : IDisposable
{
    /// <summary>A request's time where no answer or no effect comes: a busy machine has to get the request out within it.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(6);

    private static readonly string Loop = LiveRepo.Loop;

    private readonly LiveRepo repo = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => repo.Dispose();

    [Fact]
    public async Task An_approval_is_carried_out_over_there_and_verified_from_its_record()
    {
        repo.AskApproval();
        RunningService.PutCommand(repo);
        await using var service = await RunningService.StartAsync(repo.Root);
        using var sprite = await WatchedAsync(service.Address);

        var result = await ActAsync(sprite, new Intent.Approve("looks fine"), key: "k-1");

        Assert.IsType<Outcome.Observed>(result.Outcome);
        Assert.Equal(("confirmed", Transports.SpriteService, "ada", "k-1", "t-1", 0), (
            result.Row!.StatusWord, result.Row.Transport, result.Row.RequestedBy, result.Row.IdempotencyKey, result.Row.TraceId,
            result.Row.ExitCode));
        Assert.Equal($"superloop approve --repo {repo.Root} --loop {Loop} --by ada --note 'looks fine'", result.Row.Command);
        Assert.Contains("\"decisions\"", result.Row.Confirm!.Value.GetRawText(), StringComparison.Ordinal);
        // Over there: done once, under the same name, note, key and trace id.
        Assert.Equal(1, RunningService.Commands(repo));
        Assert.Contains("looks fine", Assert.Single(Lines("loops", "decisions.jsonl")), StringComparison.Ordinal);
        var there = JsonNode.Parse(Assert.Single(Lines("ops-manager", "intents.jsonl")))!;
        Assert.Equal(
            ("k-1", "t-1", "ada", "confirmed"),
            ((string?)there["idempotencyKey"], (string?)there["traceId"], (string?)there["requestedBy"], (string?)there["status"]));
        Assert.Contains(
            service.Log,
            static line => line.Contains("t-1", StringComparison.Ordinal) && line.Contains("/ops/control", StringComparison.Ordinal));
        Assert.Equal(["started", "executed", "finished"], Phases(sprite));
    }

    [Fact]
    public async Task A_rejection_and_a_cancel_are_carried_out_over_there()
    {
        repo.AskApproval();
        RunningService.PutCommand(repo);
        await using var service = await RunningService.StartAsync(repo.Root);
        using var sprite = await WatchedAsync(service.Address);

        Assert.IsType<Outcome.Observed>((await ActAsync(sprite, new Intent.Reject("no test covers it"))).Outcome);
        Assert.Contains("no test covers it", Assert.Single(Lines("loops", "decisions.jsonl")), StringComparison.Ordinal);

        var cancelled = await ActAsync(sprite, new Intent.Cancel());
        Assert.IsType<Outcome.Observed>(cancelled.Outcome);
        Assert.False(repo.IsAlive);
        Assert.False(repo.Has("active-run.json"));
    }

    [Theory]
    [InlineData("LoseAnswer")]
    [InlineData("CutAnswer")]
    [InlineData("Lose")]
    public async Task What_gets_no_answer_is_sent_again_with_its_key_and_done_once(string loss)
    {
        repo.AskApproval();
        RunningService.PutCommand(repo);
        await using var service = await RunningService.StartAsync(repo.Root);
        await using var relay = new RelayService(service)
        {
            Does = (method, _, before) => method == "POST" && before == 0 ? Enum.Parse<Relaying>(loss) : Relaying.Pass
        };
        using var sprite = await WatchedAsync(relay.Address);

        var result = await ActAsync(sprite, new Intent.Approve());

        Assert.IsType<Outcome.Observed>(result.Outcome);
        Assert.Equal(0, result.Row!.ExitCode);
        Assert.Equal(2, relay.Posted.Count);
        Assert.Single(relay.Posted.Distinct());
        Assert.Equal(1, RunningService.Commands(repo));
        Assert.Single(Lines("loops", "decisions.jsonl"));
    }

    [Fact]
    public async Task What_is_never_answered_is_unknown_and_then_settled_by_evidence()
    {
        repo.AskApproval();
        RunningService.PutCommand(repo, isHeld: true);
        await using var service = await RunningService.StartAsync(repo.Root);
        await using var relay = new RelayService(service)
        {
            Does = static (method, _, _) => method == "POST" ? Relaying.LoseAnswer : Relaying.Pass
        };
        using var sprite = await WatchedAsync(relay.Address);
        using var keeping = Keeping(sprite);

        var result = await ActAsync(sprite, new Intent.Approve(), timeout: Late);

        Assert.IsType<Outcome.Unknown>(result.Outcome);
        Assert.Equal((IntentStatus.Ambiguous, 2, false), (result.Row!.Status, result.ExitCode, repo.Has($"loops/{Loop}/decisions.jsonl")));

        RunningService.Release(repo);
        var settled =
            (await sprite.UntilAsync(static repo => repo.Loops[Loop].Cases.All is [{ IsSuccess: true }])).Loops[Loop].Cases.All[0];
        Assert.Equal("observed", settled.Outcome);
        Assert.Equal(1, RunningService.Commands(repo));
        Assert.Equal("late", Phases(sprite)[^1]);
    }

    [Fact]
    public async Task What_never_arrives_is_refused_and_nothing_is_done()
    {
        repo.AskApproval();
        RunningService.PutCommand(repo);
        await using var service = await RunningService.StartAsync(repo.Root);
        await using var busy = new ScriptedService(static (_, _) =>
            ScriptedService.Json(503, """{"ok":false,"error":{"code":"busy","message":"the service is ending; nothing was sent"}}"""));
        using var sprite = await WatchedAsync(service.Address);
        var front = new OtherService(sprite.Source, busy.Address);

        var result = await ActAsync(sprite, new Intent.Approve(), executor: new ServiceExecutor(front));

        Assert.Equal(
            "the service answered 503: the service is ending; nothing was sent", Assert.IsType<Outcome.Refused>(result.Outcome).Why);
        Assert.Equal((IntentStatus.FailedCommand, 1), (result.Row!.Status, result.ExitCode));
        Assert.Equal((0, 3), (RunningService.Commands(repo), busy.Requests));
    }

    [Theory]
    [InlineData(400, "invalid_request", 1)]
    [InlineData(401, "unauthorized", 1)]
    [InlineData(404, "not_found", 1)]
    [InlineData(429, "busy", 3)]
    public async Task What_the_service_does_not_take_is_refused_in_its_words(int status, string code, int times)
    {
        repo.AskApproval();
        await using var service = await RunningService.StartAsync(repo.Root);
        await using var strict = new ScriptedService(
            (_, _) => ScriptedService.Json(status, $$$"""{"ok":false,"error":{"code":"{{{code}}}","message":"not like this"}}"""));
        using var sprite = await WatchedAsync(service.Address);

        var result =
            await ActAsync(sprite, new Intent.Approve(), executor: new ServiceExecutor(new OtherService(sprite.Source, strict.Address)));

        Assert.Equal($"the service answered {status}: not like this", Assert.IsType<Outcome.Refused>(result.Outcome).Why);
        Assert.Equal(times, strict.Requests);
    }

    [Theory]
    [InlineData(200, """{"ok":true,"exitCode":0,"result":null,"replayed":false,"traceId":null}""", 1)]
    [InlineData(200, "welcome", 1)]
    [InlineData(
        409, """{"ok":false,"exitCode":2,"result":null,"stderr":"unknown: nothing was seen","replayed":false,"traceId":null}""", 1)]
    [InlineData(500, "<html>", 1)]
    [InlineData(502, "<html>", 3)]
    public async Task No_word_of_a_service_is_taken_for_an_effect(int status, string body, int times)
    {
        repo.AskApproval();
        await using var service = await RunningService.StartAsync(repo.Root);
        await using var liar = new ScriptedService((_, _) => ScriptedService.Json(status, body));
        using var sprite = await WatchedAsync(service.Address);

        var result = await ActAsync(
            sprite, new Intent.Approve(), timeout: Late,
            executor: new ServiceExecutor(new OtherService(sprite.Source, liar.Address)));

        Assert.IsType<Outcome.Unknown>(result.Outcome);
        Assert.Equal((IntentStatus.Ambiguous, times), (result.Row!.Status, liar.Requests));
    }

    [Fact]
    public async Task What_failed_over_there_is_refused_with_the_words_of_the_command()
    {
        repo.AskApproval();
        RunningService.PutCommand(repo, "fail");
        await using var service = await RunningService.StartAsync(repo.Root);
        using var sprite = await WatchedAsync(service.Address);

        var result = await ActAsync(sprite, new Intent.Approve());

        Assert.Contains("no pending approval", Assert.IsType<Outcome.Refused>(result.Outcome).Why, StringComparison.Ordinal);
        Assert.Equal(1, RunningService.Commands(repo));
    }

    [Fact]
    public async Task A_plain_v1_service_is_acted_on_and_its_approval_file_tells()
    {
        repo.AskApproval();
        RunningService.PutCommand(repo);
        await using var service = await RunningService.StartAsync(repo.Root);
        await using var plain = new RelayService(service)
        {
            Knows = static path =>
                !path.Contains("/ops/loops", StringComparison.Ordinal) && !path.Contains("/ops/file", StringComparison.Ordinal),
            Changes = static (path, body) =>
            {
                var said = JsonNode.Parse(body)!.AsObject();
                foreach (var additive in path.Contains("/ops/snapshot", StringComparison.Ordinal)
                    ? (string[])["assessment", "process", "processObservable", "files"]
                    : [])
                {
                    said.Remove(additive);
                }

                return said.ToJsonString();
            },
        };
        using var sprite = new WatchedSprite(plain.Address, loops: [Loop]);
        await sprite.LoopAsync(Loop, 2);

        var result = await ActAsync(sprite, new Intent.Approve());

        Assert.Equal("approval", Assert.IsType<Outcome.Observed>(result.Outcome).Evidence[0].Source);
        Assert.False((await sprite.UntilAsync(static repo => repo.Sprite is { GoodAt: not null })).Sprite!.SeesDecisions);
    }

    [Fact]
    public async Task A_sprite_that_cannot_be_asked_is_not_acted_on()
    {
        repo.AskApproval();
        RunningService.PutCommand(repo);
        var service = await RunningService.StartAsync(repo.Root);
        using var sprite = await WatchedAsync(service.Address, WatchedSprite.Quick with { Retries = 1 });
        await service.DisposeAsync();

        var result = await ActAsync(sprite, new Intent.Approve());

        Assert.Contains(
            "the sprite cannot be read now, so nothing was sent", Assert.IsType<Outcome.Refused>(result.Outcome).Why,
            StringComparison.Ordinal);
        Assert.Equal(0, RunningService.Commands(repo));
    }

    [Fact]
    public async Task What_somebody_else_decided_a_moment_ago_hinders()
    {
        repo.AskApproval();
        RunningService.PutCommand(repo);
        await using var service = await RunningService.StartAsync(repo.Root);
        // It is asked so rarely that the copy is old.
        using var sprite = await WatchedAsync(service.Address, WatchedSprite.Quick with
        {
            Pace = PollPace.Default with { Running = TimeSpan.FromMinutes(5), Max = TimeSpan.FromMinutes(5) }
        });
        repo.DecideApproval("rejected", "bob");

        var result = await ActAsync(sprite, new Intent.Approve());

        Assert.Contains("bob has already rejected it", Assert.IsType<Outcome.Refused>(result.Outcome).Why, StringComparison.Ordinal);
        Assert.Equal(0, RunningService.Commands(repo));
    }

    [Fact]
    public async Task A_sprite_that_is_read_without_its_service_is_not_acted_on()
    {
        repo.AskApproval();
        RunningService.PutCommand(repo);
        using var sprite = new WatchedSprite(null, new PathTransport(new FileSystem(), TimeProvider.System, repo.Root, "t"));
        await sprite.LoopAsync(Loop, 2);

        var result = await ActAsync(sprite, new Intent.Approve());

        Assert.Equal("sprite app is read by path, and only its service can act on it", Assert.IsType<Outcome.Refused>(result.Outcome).Why);
        Assert.Equal(0, RunningService.Commands(repo));
    }

    private static async Task<WatchedSprite> WatchedAsync(string address, SpriteOptions? options = null)
    {
        var sprite = new WatchedSprite(address, options: options);
        await sprite.LoopAsync(Loop, 2);
        return sprite;
    }

    private static Task<ControlResult> ActAsync(
        WatchedSprite sprite, Intent intent, string? key = null, TimeSpan? timeout = null, IExecutor? executor = null) =>
        new Controller(
            new FileSystem(), TimeProvider.System, executor ?? new SourceExecutor([sprite.Source], new NoExecutor()),
            sprite.Models).RunAsync(
            new ControlRequest
            {
                Repo = sprite.Source.Repo,
                Loop = Loop,
                Intent = intent,
                By = "ada",
                Command = RuntimeCommand.Usual,
                Transport = Transports.SpriteService,
                TraceId = "t-1",
                IdempotencyKey = key ?? Guid.NewGuid().ToString(),
                Timeout = timeout ?? WatchedSprite.Patience,
                ServiceTime = timeout ?? WatchedSprite.Patience,
            },
            Cancel,
            Cancel);

    /// <summary>Takes up what was left unfinished, as a session does.</summary>
    private static IDisposable Keeping(WatchedSprite sprite)
    {
        var keeper = new CaseRecorder(new FileSystem(), TimeProvider.System, static _ => false);
        return sprite.Models.Select(fleet => fleet.Repos.GetValueOrDefault(sprite.Source.Repo)).Subscribe(repo =>
        {
            if (repo?.Loops.GetValueOrDefault(Loop) is { } loop)
            {
                keeper.Record(repo, loop);
            }
        });
    }

    private string[] Lines(string under, string name) => File.ReadAllLines(Path.Combine(repo.Root, ".superloop", under, Loop, name));

    private static string[] Phases(WatchedSprite sprite) =>
        [.. File
            .ReadLines(Path.Combine(sprite.Source.Repo, ".superloop", "ops-manager", Loop, "telemetry", "control.jsonl"))
            .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("phase").GetString()!)];

    /// <summary>The sprite, whose controls go to another address.</summary>
    private sealed class OtherService(SpriteSource sprite, string address) : ISprite
    {
        public string Repo => sprite.Repo;

        public SpriteHttp? Service { get; } = new(
            SpriteHttp.NewClient(), SpriteAddress.Open(new Uri(address)), "t", TimeProvider.System, WatchedSprite.Quick);

        public IFirstWay? First => null;

        public void Wake() => sprite.Wake();

        public void LookAt(string loop)
        {
        }

        public Task<string?> RefreshAsync(string loop, CancellationToken cancel) => sprite.RefreshAsync(loop, cancel);

        public OpsManager.Contract.Envelopes.SnapshotEnvelope? Said(string loop) => sprite.Said(loop);
    }

    /// <summary>No command of this host is ever started.</summary>
    private sealed class NoExecutor : IExecutor
    {
        public Task<string?> PrepareAsync(ControlRequest request, CancellationToken cancel) =>
            throw new InvalidOperationException("not here");

        public Task<Execution> RunAsync(ControlRequest request, IReadOnlyList<string> arguments, CancellationToken cancel) =>
            throw new InvalidOperationException("not here");
    }
}
