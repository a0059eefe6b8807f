namespace OpsManager.Core.Events;

/// <summary>Answers the index terms of a filter for rows of one log. Each distinct word is looked at once. One thread at a time.</summary>
public sealed class IndexMatcher
{
    private readonly WordTable words;
    private readonly WordAnswers[] wordTerms;
    private readonly IterationTerm[] iterationTerms;

    public IndexMatcher(EventFilter filter, WordTable words)
    {
        this.words = words;
        wordTerms = [.. filter.IndexTerms.OfType<WordTerm>().Select(static term => new WordAnswers(term))];
        iterationTerms = [.. filter.IndexTerms.OfType<IterationTerm>()];
    }

    /// <summary>Whether every index term holds for the row.</summary>
    public bool Holds(in EventRow row)
    {
        foreach (var term in iterationTerms)
        {
            if ((row.IsEvent && row.Iteration >= 0 && row.Iteration >= term.From && row.Iteration <= term.To) == term.Inverted)
            {
                return false;
            }
        }

        foreach (var answers in wordTerms)
        {
            var word = answers.Term.Field switch
            {
                WordField.Role => row.Role,
                WordField.Event => row.Name,
                _ => row.Status != WordTable.None ? row.Status : row.Detail,
            };
            if (answers.Contains(word, words) == answers.Term.Inverted)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What one term says of each word, by the word's number: 0 not asked yet, 1 yes, 2 no.</summary>
    private sealed class WordAnswers(WordTerm term)
    {
        private byte[] known = new byte[128];

        public WordTerm Term => term;

        public bool Contains(ushort number, WordTable words)
        {
            if (number == WordTable.None)
            {
                return false;
            }

            if (number >= known.Length)
            {
                Array.Resize(ref known, Math.Max(known.Length * 2, number + 1));
            }

            ref var answer = ref known[number];
            if (answer == 0)
            {
                var text = words[number] ?? (term.Field == WordField.Event ? EventMoment.LongName : "");
                answer = text.Contains(term.Text, StringComparison.OrdinalIgnoreCase) ? (byte)1 : (byte)2;
            }

            return answer == 1;
        }
    }
}
