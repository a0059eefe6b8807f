using OpsManager.Contract.Tapes;

namespace OpsManager.Sources.Record;

/// <summary>What has changed in one look, in the order in which it was seen.</summary>
/// <param name="At">When the look was; the times of the steps are not set.</param>
public sealed record TapedLook(DateTimeOffset At, IReadOnlyList<TapeStep> Steps)
{
    /// <summary>Bytes that its steps hold.</summary>
    public long Bytes { get; } = Steps.Sum(static step => step switch
    {
        TapePut put => put.Text.Length,
        TapeAppend append => append.Text.Length,
        _ => 0L,
    });
}
