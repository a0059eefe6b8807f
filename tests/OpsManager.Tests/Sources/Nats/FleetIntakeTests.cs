using System.Globalization;
using NATS.Client.Core;
using OpsManager.Contract.Fleet;
using OpsManager.Sources.Nats;
using Xunit;

namespace OpsManager.Tests.Sources.Nats;

public sealed class FleetIntakeTests
{
    private readonly List<string> taken = [];
    private ulong sequence;

    [Fact]
    public async Task First_parts_of_very_many_messages_are_dropped_and_what_comes_later_is_put_together()
    {
        // No test of it reads a stream.
        var intake = new FleetIntake(Open, reader: null!, FleetSubject.DefaultPrefix);
        await intake.EventAsync(Part("first", 1), TestContext.Current.CancellationToken);
        for (var other = 0; other < 5000; other++)
        {
            await intake.EventAsync(
                Part(string.Create(CultureInfo.InvariantCulture, $"other-{other}"), 1), TestContext.Current.CancellationToken);
        }

        await intake.EventAsync(Part("first", 2), TestContext.Current.CancellationToken);
        Assert.Empty(taken);

        await intake.EventAsync(Part("other-4999", 2), TestContext.Current.CancellationToken);
        Assert.Equal(["other-4999"], taken);
    }

    private NatsSprite? Open(string name)
    {
        taken.Add(name);
        return null;
    }

    private FleetMessage Part(string sprite, int part) => new(
        FleetSubject.Events(sprite, "loop"), ++sequence, DateTimeOffset.UnixEpoch,
        new NatsHeaders
        {
            [FleetHeaders.Log] = "log",
            [FleetHeaders.Line] = "1",
            [FleetHeaders.Previous] = "0",
            [FleetHeaders.Part] = string.Create(CultureInfo.InvariantCulture, $"{part}/2"),
        },
        new byte[100]);
}
