using OpsManager.Contract.Fleet;

namespace OpsManager.Sources.Nats;

/// <summary>Puts what comes from the stream where it belongs. Each kind comes on a thread of its own.</summary>
/// <param name="open">The sprite of a name; null where there are too many.</param>
internal sealed class FleetIntake(Func<string, NatsSprite?> open, StreamReader reader, string prefix)
{
    private readonly Dictionary<string, MessageParts> parts = new(StringComparer.Ordinal);

    /// <summary>The last message of a kind that was taken; null before the first.</summary>
    public TakenMessage? LastSnapshot { get; private set; }

    public TakenMessage? LastEvent { get; private set; }

    /// <summary>The newest message of any kind that was taken; null before the first.</summary>
    public TakenMessage? Newest => LastEvent is { } one && !(LastSnapshot?.Sequence > one.Sequence) ? one : LastSnapshot;

    /// <summary>The stream is another one than that which was read.</summary>
    public void Forget() => (LastSnapshot, LastEvent) = (null, null);

    /// <summary>What comes next does not follow: messages of which only some parts came are dropped.</summary>
    public void Interrupted()
    {
        lock (parts)
        {
            parts.Clear();
        }
    }

    public Task EventAsync(FleetMessage message, CancellationToken cancel)
    {
        LastEvent = TakenMessage.From(message);
        if (Joined(message) is { } whole
            && KeptEvent.From(whole) is { } one
            && open(whole.Subject.Sprite) is { } sprite
            && sprite.Open(whole.Subject.Loop!) is { } loop)
        {
            sprite.Took(message.At);
            loop.Take(one);
        }

        return Task.CompletedTask;
    }

    public async Task SnapshotAsync(FleetMessage message, CancellationToken cancel)
    {
        await TakeAsync(message, cancel).ConfigureAwait(false);
        // Only now: where its parts could not be read, it is taken again.
        LastSnapshot = TakenMessage.From(message);
    }

    public Task PublisherAsync(FleetMessage message, CancellationToken cancel)
    {
        if (open(message.Subject.Sprite) is { } sprite)
        {
            sprite.Conflict = ConflictText.From(message.Body);
            sprite.Tell();
        }

        return Task.CompletedTask;
    }

    private async Task TakeAsync(FleetMessage message, CancellationToken cancel)
    {
        // Of one in parts that was there before, only the last part is delivered.
        var whole = Joined(message) ?? (message.Part is var (number, count) && number == count
            ? await reader.WholeAsync(message, cancel).ConfigureAwait(false)
            : null);
        if (whole is not { } snapshot || open(snapshot.Subject.Sprite) is not { } sprite)
        {
            return;
        }

        var isGone = snapshot.Text(FleetHeaders.Gone) is not null;
        if (isGone ? sprite.Find(snapshot.Subject.Loop!) is { } loop : (loop = sprite.Open(snapshot.Subject.Loop!)) is not null)
        {
            var kept = isGone ? null : KeptSnapshot.Read(snapshot);
            if (isGone || kept is not null)
            {
                sprite.Took(snapshot.At);
                loop!.Take(kept);
                sprite.Tell();
            }
        }
    }

    /// <summary>The whole message; null while parts of it are missing.</summary>
    private FleetMessage? Joined(FleetMessage message)
    {
        if (message.Part is null)
        {
            return message;
        }

        var subject = message.Subject.Text(prefix);
        lock (parts)
        {
            if (!parts.TryGetValue(subject, out var of))
            {
                parts[subject] = of = new MessageParts();
            }

            var whole = of.Take(message);
            if (whole is not null)
            {
                parts.Remove(subject);
            }

            return whole;
        }
    }
}
