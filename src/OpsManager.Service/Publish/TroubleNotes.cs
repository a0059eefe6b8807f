namespace OpsManager.Service.Publish;

/// <summary>Says of each trouble once that it is there, and once that it is over. Safe for several threads.</summary>
internal sealed class TroubleNotes(Action<string> tell)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Trouble> troubles = new(StringComparer.Ordinal);

    /// <param name="about">What has the trouble; of another trouble of the same thing nothing is said until it is over.</param>
    /// <param name="met">Who has met it: it is over when nobody meets it.</param>
    public void Begin(string about, string words, string met = "")
    {
        lock (gate)
        {
            if (troubles.TryGetValue(about, out var known))
            {
                known.Met.Add(met);
                return;
            }

            troubles[about] = new Trouble(words, [met]);
            tell(words);
        }
    }

    /// <summary>The same where another trouble of the same thing is told as well.</summary>
    public void Say(string about, string words)
    {
        lock (gate)
        {
            if (!troubles.TryGetValue(about, out var before) || before.Words != words)
            {
                troubles[about] = new Trouble(words, before?.Met ?? [""]);
                tell(words);
            }
        }
    }

    /// <summary>It is over for everybody.</summary>
    public void End(string about, string words)
    {
        lock (gate)
        {
            if (troubles.Remove(about))
            {
                tell(words);
            }
        }
    }

    /// <summary>One of those who have met it does so no more; the last of them ends it.</summary>
    public void End(string about, string words, string met)
    {
        lock (gate)
        {
            if (troubles.TryGetValue(about, out var known) && known.Met.Remove(met) && known.Met.Count == 0)
            {
                troubles.Remove(about);
                tell(words);
            }
        }
    }

    private sealed record Trouble(string Words, HashSet<string> Met);
}
