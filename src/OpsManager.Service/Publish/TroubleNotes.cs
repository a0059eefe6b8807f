using System.Collections.Concurrent;

namespace OpsManager.Service.Publish;

/// <summary>Says of each trouble once that it is there, and once that it is over.</summary>
internal sealed class TroubleNotes(Action<string> tell)
{
    private readonly ConcurrentDictionary<string, string> troubles = new(StringComparer.Ordinal);

    /// <param name="about">What has the trouble; of another trouble of the same thing nothing is said until it is over.</param>
    public void Begin(string about, string words)
    {
        if (troubles.TryAdd(about, words))
        {
            tell(words);
        }
    }

    /// <summary>The same where another trouble of the same thing is told as well.</summary>
    public void Say(string about, string words)
    {
        if (!troubles.TryGetValue(about, out var before) || before != words)
        {
            troubles[about] = words;
            tell(words);
        }
    }

    public void End(string about, string words)
    {
        if (troubles.TryRemove(about, out _))
        {
            tell(words);
        }
    }
}
