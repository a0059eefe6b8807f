namespace OpsManager.Contract.Tapes;

/// <summary>What <c>verify</c> found: every mark of every tape against what the fold said there.</summary>
public sealed record VerifyReport(IReadOnlyList<VerifiedTape> Tapes, int Marks, int Differences);

/// <summary>One tape's marks, in order.</summary>
public sealed record VerifiedTape(string Tape, string Title, IReadOnlyList<VerifiedMark> Marks);

/// <summary>One mark: the assessment against the truth, the contract status against the reference.</summary>
public sealed record VerifiedMark(
    string Loop, long AtMs, Lifecycle Expected, Lifecycle Got, Lifecycle ExpectedReference, Lifecycle GotReference, string Reason,
    string Why, IReadOnlyList<string> Findings)
{
    public bool Agrees => Expected == Got && ExpectedReference == GotReference;
}
