namespace OpsManager.Sources.Replay;

/// <summary>What a list says of a recording before it is opened.</summary>
/// <param name="Name">By which it is opened; unique in its list.</param>
/// <param name="Title">What the recorder said that it shows.</param>
/// <param name="Caption">What to look at and which key to press; null where there is none.</param>
public sealed record RecordingInfo(string Name, string Title, string? Caption = null);
