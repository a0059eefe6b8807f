namespace OpsManager.Sources.Replay;

/// <summary>
/// The place in a recording that is shown, and how it moves. Pure but for the recording, which it only asks: the same commands and times
/// always lead to the same place.
/// </summary>
/// <param name="Look">The newest look that is shown.</param>
/// <param name="At">The moment that is shown; at or behind that look, and before the next one.</param>
internal readonly record struct ReplayHead(int Look, TimeSpan At, bool IsPlaying, double Speed, bool IsSkipping = false)
{
    private static IReadOnlyList<double> Speeds => ReplayState.Speeds;

    /// <summary>Where a recording is opened.</summary>
    public static ReplayHead Start(ReplayOptions options) =>
        new(1, TimeSpan.Zero, options.IsPlaying, Math.Clamp(options.Speed, Speeds[0], Speeds[^1]));

    /// <summary>After some time in which it may have played.</summary>
    /// <param name="idle">Longer silences pass in this time; zero where they are not skipped.</param>
    public ReplayHead Pass(Recording recording, TimeSpan elapsed, TimeSpan idle)
    {
        var head = this;
        while (head.IsPlaying && elapsed > TimeSpan.Zero)
        {
            var from = recording[head.Look].IsChange ? head.Look : recording.Change(head.Look, -1) ?? 0;
            var next = recording.Change(head.Look, 1);
            var until = next is { } change ? recording[change].At : recording.ReadTo;
            var silence = until - recording[from].At;
            var isSkipped = idle > TimeSpan.Zero && silence / head.Speed > idle;
            var rate = isSkipped ? silence / idle : head.Speed;
            var needed = (until - head.At) / rate;
            if (needed > elapsed)
            {
                head = head.To(recording, head.At + (elapsed * rate)) with { IsPlaying = true, IsSkipping = isSkipped };
                break;
            }

            elapsed -= needed;
            // Several looks may be of one moment: each is gone through.
            head = next is { } reached
                ? head with { Look = reached, At = until, IsSkipping = false }
                : head.To(recording, until) with { IsPlaying = true, IsSkipping = false };
            if (next is null)
            {
                return head with { IsPlaying = !recording.IsReadWhole };
            }
        }

        return head;
    }

    /// <summary>After a command of the operator: whatever moves it pauses it.</summary>
    public ReplayHead Do(Recording recording, ReplayCommand command) => command switch
    {
        ReplayCommand.PlayOrPause when !IsPlaying && IsAtEnd(recording) => To(recording, TimeSpan.Zero) with { IsPlaying = true },
        ReplayCommand.PlayOrPause => this with { IsPlaying = !IsPlaying, IsSkipping = false },
        ReplayCommand.ChangeSpeed change => this with { Speed = SpeedNext(change.By) },
        ReplayCommand.Step { By: > 0 } =>
            recording.Change(Look, 1) is { } next ? AtLook(recording, next) : To(recording, recording.ReadTo),
        ReplayCommand.Step => Back(recording),
        ReplayCommand.ToProblem jump => ToPoint(recording, jump.By, isIteration: false),
        ReplayCommand.ToIteration jump => ToPoint(recording, jump.By, isIteration: true),
        ReplayCommand.ToTime time => To(recording, time.At),
        ReplayCommand.ToStart => To(recording, TimeSpan.Zero),
        ReplayCommand.ToEnd => To(recording, recording.Length),
        _ => this,
    };

    public bool IsAtEnd(Recording recording) => recording.IsReadWhole && At >= recording.Length && Look == recording.Last;

    /// <summary>Before the newest change that is shown.</summary>
    private ReplayHead Back(Recording recording)
    {
        var newest = recording[Look].IsChange ? Look : recording.Change(Look, -1);
        return newest is { } change && recording.Change(change, -1) is { } before
            ? AtLook(recording, before)
            : To(recording, TimeSpan.Zero);
    }

    private ReplayHead ToPoint(Recording recording, int by, bool isIteration)
    {
        var points = recording.Points;
        var at = At;
        var place = by > 0
            ? Ordered.FirstThat(points, point => point.At > at)
            : Ordered.FirstThat(points, point => point.At >= at) - 1;
        while (place >= 0 && place < points.Length && (points[place].Kind == ReplayPointKind.Iteration) != isIteration)
        {
            place += by;
        }

        return place >= 0 && place < points.Length ? To(recording, points[place].At)
            : this with { IsPlaying = false, IsSkipping = false };
    }

    private ReplayHead To(Recording recording, TimeSpan at)
    {
        var reached = at < TimeSpan.Zero ? TimeSpan.Zero : at > recording.ReadTo ? recording.ReadTo : at;
        return this with { Look = recording.LookAt(reached), At = reached, IsPlaying = false, IsSkipping = false };
    }

    private ReplayHead AtLook(Recording recording, int look) =>
        this with { Look = look, At = recording[look].At, IsPlaying = false, IsSkipping = false };

    private double SpeedNext(int by)
    {
        var speed = Speed;
        return by > 0
            ? Speeds.FirstOrDefault(one => one > speed, Speeds[^1])
            : Speeds.LastOrDefault(one => one < speed, Speeds[0]);
    }
}
