using OpsManager.Contract.Words;

namespace OpsManager.Core.Rules.Control;

/// <summary>The result of an intent that was sent. A closed type; the three that are a success cannot be made without evidence.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>The word on screen and in files.</summary>
    public abstract string Word { get; }

    /// <summary>What was seen since it was sent, oldest first.</summary>
    public IReadOnlyList<FreshEvidence> Evidence { get; private init; } = [];

    /// <summary>The intent took effect, and this is the evidence.</summary>
    public abstract record Success : Outcome
    {
        private protected Success(FreshEvidence first, IEnumerable<FreshEvidence> more) => Evidence = [first, .. more];

        /// <summary>Who made the decision in force; null for a cancel, and where the artifact has no name.</summary>
        public string? DecidedBy { get; internal init; }
    }

    /// <summary>The decision is in force, whoever made it; or the process has exited and the artifacts are cleared.</summary>
    public sealed record Observed : Success
    {
        internal Observed(FreshEvidence first, IEnumerable<FreshEvidence> more)
            : base(first, more)
        {
        }

        public override string Word => OutcomeWords.Observed;
    }

    /// <summary>A run has taken the decision up.</summary>
    public sealed record Consumed : Success
    {
        internal Consumed(FreshEvidence first, IEnumerable<FreshEvidence> more)
            : base(first, more)
        {
        }

        public override string Word => OutcomeWords.Consumed;
    }

    /// <summary>The loop is complete by it.</summary>
    public sealed record Completed : Success
    {
        internal Completed(FreshEvidence first, IEnumerable<FreshEvidence> more)
            : base(first, more)
        {
        }

        public override string Word => OutcomeWords.Completed;
    }

    /// <summary>The command did not start, or failed; these are its words.</summary>
    public sealed record Refused(string Why) : Outcome
    {
        public override string Word => OutcomeWords.Refused;
    }

    /// <summary>Something else happened: the other decision is in force, another run took the place, the run ended by itself.</summary>
    public sealed record Contradicted : Outcome
    {
        internal Contradicted(string why, FreshEvidence first, IEnumerable<FreshEvidence> more) =>
            (Why, Evidence) = (why, [first, .. more]);

        public string Why { get; }

        /// <summary>The contrary decision is in force: it also contradicts an earlier success.</summary>
        public bool IsOverruling { get; internal init; }

        public override string Word => OutcomeWords.Contradicted;
    }

    /// <summary>Nothing was seen in time. It may have taken effect all the same; late evidence still counts.</summary>
    public sealed record Unknown(string Why) : Outcome
    {
        public override string Word => OutcomeWords.Unknown;
    }
}
