using System.CommandLine;
using OpsManager.Contract.Words;
using OpsManager.Sources.Sprite;

namespace OpsManager.Cli;

/// <summary>The options that say how often a service is asked, and how long to wait in between.</summary>
internal sealed class RetryOptions
{
    private readonly Option<int> attempts = CommonOptions.AtLeast(new Option<int>(FlagNames.RetryAttempts)
    {
        Description = "How often a service is asked where it does not answer, or answers that it cannot now. On this host once.",
        DefaultValueFactory = static _ => 3
    }, 1);

    private readonly Option<int> backoff = CommonOptions.AtLeast(new Option<int>(FlagNames.RetryBackoffSeconds)
    {
        Description = "Seconds to wait before the second attempt; the next wait is twice as long, the one after it three times.",
        DefaultValueFactory = static _ => 1
    }, 0);

    public void AddTo(Command command)
    {
        command.Options.Add(attempts);
        command.Options.Add(backoff);
    }

    public int Attempts(ParseResult args) => args.GetValue(attempts);

    public TimeSpan Backoff(ParseResult args) => TimeSpan.FromSeconds(args.GetValue(backoff));

    /// <summary>How a service is asked. Every attempt is made: nothing ends the asking earlier.</summary>
    public SpriteOptions From(ParseResult args) => SpriteOptions.Default with
    {
        Retries = Attempts(args) - 1,
        RetryDelay = Backoff(args),
        IsRetryDelayLinear = true,
        BreakerLeast = int.MaxValue,
    };
}
