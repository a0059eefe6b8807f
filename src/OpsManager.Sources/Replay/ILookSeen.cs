using OpsManager.Core.Facts.Observations;

namespace OpsManager.Sources.Replay;

/// <summary>What a look saw, in a form that is small.</summary>
internal interface ILookSeen
{
    /// <summary>The observations, as they were made.</summary>
    /// <param name="at">When the look was taken.</param>
    /// <param name="rows">See <see cref="ReplayLook"/>.</param>
    IEnumerable<Observation> At(DateTimeOffset at, int rows);
}

/// <summary>Anything.</summary>
internal sealed class AnySeen(Observation[] seen) : ILookSeen
{
    public IEnumerable<Observation> At(DateTimeOffset at, int rows) => seen;
}
