using OpsManager.Core.Sprite;

namespace OpsManager.Sources.Sprite;

/// <summary>What reading a sprite by its first way came to.</summary>
/// <param name="OpenSince">Since when nothing gets through; null where something does.</param>
/// <param name="KeptAwake">For how long the requests have kept the sprite awake, at most.</param>
internal readonly record struct ServiceReading(BudgetReading Budget, DateTimeOffset? OpenSince, TimeSpan KeptAwake)
{
    /// <summary>What the operator must know of the sprite though it is read well; null where there is nothing.</summary>
    public string? Note { get; init; }

    public static ServiceReading From(IFirstWay? first) =>
        first is null ? None : new(first.Budget, first.OpenSince, first.KeptAwake) { Note = first.Note };

    /// <summary>There is no such way.</summary>
    public static readonly ServiceReading None = new(BudgetReading.None, null, TimeSpan.Zero);
}
