namespace OpsManager.Tui.Messages;

/// <summary>
/// The result of a message in one feature: its next state, an effect, and a message to the operator. Null where
/// there is no such thing; a word that was there before then stays.
/// </summary>
internal readonly record struct Step<TState>(TState State, Effect? Effect = null, Toast? Toast = null)
{
    public static implicit operator Step<TState>(TState state) => new(state);
}
