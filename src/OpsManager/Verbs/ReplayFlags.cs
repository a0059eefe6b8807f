using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OpsManager.Contract.Words;
using OpsManager.Sources.Replay;

namespace OpsManager.Verbs;

/// <summary>How a recording is played, as flags (docs/usage.md).</summary>
internal sealed class ReplayFlags
{
    private const double MinSpeed = 0.25;
    private const double MaxSpeed = 1000;

    private readonly Option<TimeSpan?> idle = new(FlagNames.Idle)
    {
        Description = "Skip idle time that is longer than this, such as 500ms, 2s or 1m; off to play it all. Default: 2s.",
        CustomParser = Idle,
    };

    private readonly Option<double?> speed = new(FlagNames.Speed)
    {
        Description = "Play this many times as fast, from 0.25 to 1000. Default: 1.",
        CustomParser = Speed,
    };

    private readonly Option<ReplayTime?> at = At("Start at this moment");

    private readonly Option<bool> paused = new(FlagNames.Paused) { Description = "Start paused." };

    /// <summary>A moment of a recording.</summary>
    /// <param name="what">What is done with it, as the help says it.</param>
    public static Option<ReplayTime?> At(string what) => new(FlagNames.At)
    {
        HelpName = "TIME",
        Description = $"{what}: {ReplayTime.Forms}.",
        CustomParser = static result => ReplayTime.Parse(result.Tokens[0].Value)
            ?? Refuse<ReplayTime?>(result, $"{FlagNames.At} must be {ReplayTime.Forms}."),
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { idle, speed, at, paused })
        {
            command.Options.Add(option);
        }
    }

    public ReplayOptions From(ParseResult args) => new()
    {
        Idle = args.GetValue(idle) ?? new ReplayOptions().Idle,
        Speed = args.GetValue(speed) ?? 1,
        IsPlaying = !args.GetValue(paused),
    };

    /// <summary>The moment at which it starts; null for the start.</summary>
    public ReplayTime? StartAt(ParseResult args) => args.GetValue(at);

    private static TimeSpan? Idle(ArgumentResult result) => result.Tokens[0].Value switch
    {
        "0" or "off" => TimeSpan.Zero,
        var typed => ReplayTime.ParseDuration(typed)
            ?? Refuse<TimeSpan?>(result, $"{FlagNames.Idle} must be a time such as 500ms, 2s or 1m, or off."),
    };

    private static double? Speed(ArgumentResult result) =>
        double.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var times)
            && times is >= MinSpeed and <= MaxSpeed
            ? times
            : Refuse<double?>(result, $"{FlagNames.Speed} must be a number from 0.25 to 1000.");

    private static T? Refuse<T>(ArgumentResult result, string why)
    {
        result.AddError(why);
        return default;
    }
}
