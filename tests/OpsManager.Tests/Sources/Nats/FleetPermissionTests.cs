using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.NKeys;
using OpsManager.Contract.Fleet;
using OpsManager.Sources.Nats;
using OpsManager.Testing.Nats;
using Xunit;

namespace OpsManager.Tests.Sources.Nats;

/// <summary>docs/fleet.md, "Who may what": its table is what a server with eng/nats/fleet.conf allows and refuses.</summary>
public sealed class FleetPermissionTests
{
    private const string Stream = NatsSettings.DefaultStream;
    private const string Prefix = FleetSubject.DefaultPrefix;
    private const string Api = "$JS.API";

    private static readonly string[] Sprites = ["shop", "billing"];

    /// <summary>The rows of the table, each with the subjects that it means for a sprite and for another one.</summary>
    private static readonly Dictionary<string, Func<string, string, Attempt>> Rows = new(StringComparer.Ordinal)
    {
        ["publish events, snapshots and files of its own sprite"] = static (own, _) => Publish(PublishedBy(own)),
        ["publish those of another sprite"] = static (_, other) => Publish(PublishedBy(other)),
        ["get the last message of a subject of its own sprite"] = static (own, _) => Publish(LastOf(own)),
        ["get that of another sprite"] = static (_, other) => Publish(LastOf(other)),
        ["read the stream"] = static (_, _) => Publish(
            $"{Api}.CONSUMER.CREATE.{Stream}", $"{Api}.CONSUMER.CREATE.{Stream}.one.{Prefix}.>", $"{Api}.CONSUMER.INFO.{Stream}.one",
            $"{Api}.CONSUMER.MSG.NEXT.{Stream}.one", $"{Api}.CONSUMER.DELETE.{Stream}.one", $"{Api}.DIRECT.GET.{Stream}"),
        ["ask for the settings of the stream"] = static (_, _) => Publish($"{Api}.STREAM.INFO.{Stream}"),
        ["ask a sprite to carry out a control"] = static (own, other) => Publish($"{Prefix}.{own}.control", $"{Prefix}.{other}.control"),
        ["get the controls of its own sprite"] = static (own, _) => Subscribe($"{Prefix}.{own}.control"),
        ["get those of another sprite"] = static (_, other) => Subscribe($"{Prefix}.{other}.control", $"{Prefix}.*.control"),
        ["get messages without the stream"] = static (own, other) => Subscribe($"{Prefix}.>", $"{Prefix}.{own}.>", $"{Prefix}.{other}.>"),
        ["get answers to another user"] = static (_, other) => Subscribe("_INBOX.>", "_INBOX.*", $"_INBOX.sprite.{other}.>"),
        ["make and change the stream"] = static (_, _) => Publish($"{Api}.STREAM.CREATE.{Stream}", $"{Api}.STREAM.UPDATE.{Stream}"),
        ["delete the stream or messages of it"] = static (_, _) => Publish(
            $"{Api}.STREAM.DELETE.{Stream}", $"{Api}.STREAM.PURGE.{Stream}", $"{Api}.STREAM.MSG.DELETE.{Stream}"),
        ["use another stream"] = static (_, _) => Publish(
            $"{Api}.STREAM.CREATE.OTHER", $"{Api}.STREAM.INFO.OTHER", $"{Api}.CONSUMER.CREATE.OTHER", $"{Api}.DIRECT.GET.OTHER"),
    };

    [Fact]
    public void Every_row_of_the_table_is_what_the_server_allows_and_refuses()
    {
        using var users = new FleetUsers();
        var table = Table();

        Assert.Equal(Rows.Keys, table.Select(static row => row[0]));
        for (var user = 0; user < FleetUsers.Variables.Count; user++)
        {
            // A row is tried on a connection of its own: a refused subscription leaves nothing behind then.
            var (own, other) = user == 1 ? (Sprites[1], Sprites[0]) : (Sprites[0], Sprites[1]);
            foreach (var row in table)
            {
                using var client = users.Connect(FleetUsers.Variables[user]);
                var attempt = Rows[row[0]](own, other);
                var allowed = attempt.Subjects.Where(subject => attempt.IsAllowed(client, subject)).ToArray();

                Assert.True(
                    allowed.SequenceEqual(row[2 + user] == "yes" ? attempt.Subjects : []),
                    $"{FleetUsers.Variables[user]}, \"{row[0]}\" is \"{row[2 + user]}\"; allowed: {string.Join(' ', allowed)}");
            }
        }
    }

    [Fact]
    public async Task The_program_needs_no_more_than_that()
    {
        using var users = new FleetUsers();
        var cancel = TestContext.Current.CancellationToken;
        await using var admin = NatsClient.Create(users.Settings("ADMIN_NKEY"), "admin");
        await using var sprite = NatsClient.Create(users.Settings("SPRITE_BILLING_NKEY").ForSprite("billing"), "sprite");
        await using var screen = NatsClient.Create(users.Settings("SCREEN_NKEY"), "screen");
        await using var @operator = NatsClient.Create(users.Settings("OPERATOR_NKEY"), "operator");
        var stream = new FleetStream(users.Settings("ADMIN_NKEY"), FleetStreamLimits.Default);
        await stream.ApplyAsync(admin, await stream.FindAsync(admin, cancel), cancel);

        var subject = FleetSubject.Events("billing", "loop").Text(Prefix);
        var ack = await new NatsJSContext(sprite).PublishAsync(subject, "one", cancellationToken: cancel);
        var last = await sprite.RequestAsync<string>($"{Api}.DIRECT.GET.{Stream}.{subject}", cancellationToken: cancel);
        var consumer = await new NatsJSContext(screen).CreateOrderedConsumerAsync(Stream, cancellationToken: cancel);
        var read = await consumer.NextAsync<string>(cancellationToken: cancel);
        var answered = AnswerAsync(sprite, cancel);
        var answer = await AskAsync(@operator, $"{Prefix}.billing.control", cancel);
        await answered;

        Assert.Null(ack.Error);
        Assert.Equal(("one", "one", "done"), (last.Data, read?.Data, answer));
    }

    [Fact]
    public async Task A_key_that_the_server_does_not_know_is_said_so_without_the_key()
    {
        using var users = new FleetUsers();
        using var unknown = KeyPair.CreatePair(PrefixByte.User);
        var settings = users.Settings("SCREEN_NKEY");
        FleetUsers.Write(settings.NkeyFile!, unknown);

        var error = await Assert.ThrowsAsync<IOException>(
            () => NatsClient.OpenAsync(settings, "screen", TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));

        Assert.Contains("the server refuses the credentials", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(unknown.GetSeed(), error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewed_key_in_the_same_file_is_used_when_the_connection_is_made_again()
    {
        using var users = new FleetUsers();
        var settings = users.Settings("SPRITE_SHOP_NKEY");
        await using var connection = NatsClient.Create(settings, "renewed");
        await connection.ConnectAsync();

        users.Server.Kill();
        users.Renew(settings.NkeyFile!, "SCREEN_NKEY");
        users.Server.StartAgain();

        // Only the screen gets an answer to this.
        var answer = await AskAsync(connection, $"{Api}.CONSUMER.INFO.{Stream}.one", TestContext.Current.CancellationToken);
        Assert.Contains("stream not found", answer, StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(NatsConnection sprite, CancellationToken cancel)
    {
        await foreach (var request in sprite.SubscribeAsync<string>($"{Prefix}.billing.control", cancellationToken: cancel))
        {
            await request.ReplyAsync("done", cancellationToken: cancel);
            return;
        }
    }

    /// <summary>Until somebody answers.</summary>
    private static async Task<string?> AskAsync(NatsConnection connection, string subject, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                return (await connection.RequestAsync<string, string>(subject, "", cancellationToken: patience.Token)).Data;
            }
            catch (Exception error) when (error is NatsNoRespondersException or NatsNoReplyException)
            {
                await Task.Yield();
            }
        }
    }

    private static string[] PublishedBy(string sprite) =>
    [
        FleetSubject.Events(sprite, "loop").Text(Prefix), FleetSubject.Snapshot(sprite, "loop").Text(Prefix),
        FleetSubject.FileOf(sprite, "loop", "usage.jsonl").Text(Prefix), FleetSubject.Publisher(sprite).Text(Prefix),
    ];

    private static string[] LastOf(string sprite) =>
        [.. PublishedBy(sprite).Select(static subject => $"{Api}.DIRECT.GET.{Stream}.{subject}")];

    private static Attempt Publish(params string[] subjects) => new(subjects, static (client, subject) => client.MayPublish(subject));

    private static Attempt Subscribe(params string[] subjects) => new(subjects, static (client, subject) => client.MaySubscribe(subject));

    /// <summary>The rows of the page: what, subjects, and yes or no for each user.</summary>
    private static string[][] Table()
    {
        var page = File.ReadAllText(RepoRoot.Combine("docs", "fleet.md"));
        var from = page.IndexOf("| what | subjects | sprite |", StringComparison.Ordinal);
        return
        [
            .. page[from..].Split('\n').Skip(2).TakeWhile(static line => line.StartsWith('|'))
                .Select(static line => line.Trim('|').Split('|').Select(static cell => cell.Trim()).ToArray()),
        ];
    }

    /// <summary>What one row of the table means: subjects, and how a client tries one of them.</summary>
    private sealed record Attempt(string[] Subjects, Func<PlainNatsClient, string, bool> IsAllowed);
}
