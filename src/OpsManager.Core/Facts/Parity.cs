
namespace OpsManager.Core.Facts;

/// <summary>Whether what was folded agrees with another way to the same truth.</summary>
/// <param name="AgreedAt">When a check last found agreement.</param>
/// <param name="DifferingSince">The first of the checks in a row that found a difference; null where the newest found none.</param>
/// <param name="DifferedAt">The newest of them.</param>
/// <param name="Differing">Checks in a row that did.</param>
/// <param name="Difference">What the newest check found; null where it found none.</param>
public sealed record Parity(
    DateTimeOffset? AgreedAt, DateTimeOffset? DifferingSince, DateTimeOffset? DifferedAt, int Differing, string? Difference)
{
    public static readonly Parity Unchecked = new(null, null, null, 0, null);

    /// <summary>With one more check; <paramref name="difference"/> is null where it found none.</summary>
    public Parity With(string? difference, DateTimeOffset at) => difference is null
        ? new(at, null, null, 0, null)
        : this with { DifferingSince = DifferingSince ?? at, DifferedAt = at, Differing = Differing + 1, Difference = difference };
}
