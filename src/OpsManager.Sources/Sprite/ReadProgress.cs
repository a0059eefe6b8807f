using System.Globalization;

namespace OpsManager.Sources.Sprite;

/// <summary>How far the events of a loop were read.</summary>
/// <param name="Read">Lines that were read, in this pass and before.</param>
/// <param name="Total">Lines that there are.</param>
public readonly record struct ReadProgress(string Loop, long Read, long Total)
{
    /// <summary>For a person.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"reading {Read:N0} of {Total:N0} events of loop {Loop}");
}
