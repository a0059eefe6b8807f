namespace OpsManager.Core.Rules.Timeline;

/// <summary>
/// The fixed words of <see cref="EventWords"/>: every run of letters in the words of an event is part of this, or of the event itself. A
/// search uses it to leave out lines without putting them into words.
/// </summary>
public static class EventVocabulary
{
    public const string Text =
        "loop started iterations at most spec iteration of ended timed out after h m s complete as approved stopped the limit was reached "
        + "no progress in rate resets blocked usage approval requested waiting for decided by consumed rejection pre commit ran "
        + "tests validation prerequisites checklist evidence lifecycle failed not met done pending rejected promise gates all passed "
        + "evaluated again run written skipped off is items left found does match expected another stuck made and more exit "
        + "asked what to delegate has said did say child children completed attempt wave time succeeded adaptation dispatched some work "
        + "launched changed files but may only look its delegation auto recovery rlms fail role";
}
