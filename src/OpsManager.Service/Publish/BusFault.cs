namespace OpsManager.Service.Publish;

/// <summary>Why a message is not in the stream.</summary>
internal enum BusFaultKind
{
    /// <summary>The server is away or does not answer: whether it has the message is unknown.</summary>
    Away,

    /// <summary>No stream takes the subject.</summary>
    NoStream,

    /// <summary>The user of the connection has no permission.</summary>
    Denied,

    /// <summary>The stream has no room, and keeps what is old.</summary>
    Full,

    /// <summary>The stream takes no message so large.</summary>
    TooLarge,

    /// <summary>Another message than the expected one is the last of the subject.</summary>
    WrongSequence,

    /// <summary>What else the server says.</summary>
    Other,
}

/// <summary>A message was not taken, or nothing is known of it.</summary>
/// <param name="message">For people: what happened, and what to do.</param>
internal sealed class BusFault(BusFaultKind kind, string message, Exception? cause = null) : Exception(message, cause)
{
    public BusFaultKind Kind => kind;
}
