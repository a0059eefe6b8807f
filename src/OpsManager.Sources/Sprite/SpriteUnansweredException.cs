namespace OpsManager.Sources.Sprite;

/// <summary>A request was sent, or was to be sent, and no answer came.</summary>
/// <param name="mayHaveArrived">Whether the service may have received it.</param>
public sealed class SpriteUnansweredException(string message, bool mayHaveArrived, Exception inner) : Exception(message, inner)
{
    public bool MayHaveArrived { get; } = mayHaveArrived;
}
