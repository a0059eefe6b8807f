namespace OpsManager.Tui.Messages;

/// <summary>Something to be done outside the model. Its result comes back as a message.</summary>
internal abstract record Effect;
