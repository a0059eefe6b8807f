namespace OpsManager.Tui.Messages;

/// <summary>Something that a message asks of the world outside the model. What comes of it comes back as a message.</summary>
internal abstract record Effect;
