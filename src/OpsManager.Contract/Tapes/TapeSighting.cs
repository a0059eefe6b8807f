using OpsManager.Contract.Words;

namespace OpsManager.Contract.Tapes;

/// <summary>What a recorder was told of a process, so that a replay says the same of it in the same words.</summary>
/// <param name="Fact">In words.</param>
public sealed record TapeSighting(TapeFate Fate, string Fact)
{
    public TapeInquiry Inquiry { get; init; }

    /// <summary>When the process started, in the kernel's ticks since boot; null where that is not known.</summary>
    public ulong? Ticks { get; init; }
}

/// <summary>How a process came to be looked at.</summary>
public enum TapeInquiry
{
    /// <summary>active-run.json names it.</summary>
    Claim,

    /// <summary>The process of a loop was searched for by its command line.</summary>
    Search,

    /// <summary>A cancel was meant for it.</summary>
    Cancel,
}

/// <summary>The fate of a process, as <c>ProcessFate</c> of the core has it.</summary>
public enum TapeFate
{
    Alive,
    Gone,
    Unreadable,
    NotOurs,
    Elsewhere,
    NotObservable,
}

/// <summary>The words of both in a tape.</summary>
internal static class TapeSightingWords
{
    private static readonly (TapeFate Fate, string Word)[] Fates =
    [
        (TapeFate.Alive, "alive"),
        (TapeFate.Gone, TapeWords.Gone),
        (TapeFate.Unreadable, TapeWords.Unreadable),
        (TapeFate.NotOurs, "not_ours"),
        (TapeFate.Elsewhere, "elsewhere"),
        (TapeFate.NotObservable, "not_observable"),
    ];

    private static readonly (TapeInquiry Inquiry, string Word)[] Inquiries =
        [(TapeInquiry.Claim, "claim"), (TapeInquiry.Search, "search"), (TapeInquiry.Cancel, IntentWords.Cancel)];

    public static string Word(this TapeFate fate) => Fates.First(known => known.Fate == fate).Word;

    public static string Word(this TapeInquiry inquiry) => Inquiries.First(known => known.Inquiry == inquiry).Word;

    /// <summary>Null where the word is none of these.</summary>
    public static TapeFate? Fate(string word) =>
        Array.FindIndex(Fates, known => known.Word == word) is >= 0 and var at ? Fates[at].Fate : null;

    /// <inheritdoc cref="Fate"/>
    public static TapeInquiry? Inquiry(string word) =>
        Array.FindIndex(Inquiries, known => known.Word == word) is >= 0 and var at ? Inquiries[at].Inquiry : null;
}
