namespace OpsManager.Contract.Words;

/// <summary>Verbs that more than one part of the code names.</summary>
public static class VerbNames
{
    public const string Loops = "loops";
    public const string Snapshot = "snapshot";
    public const string Events = "events";
    public const string Record = "record";
    public const string Replay = "replay";
    public const string Samples = "samples";
    public const string Demo = "demo";
    public const string Explain = "explain";
    public const string Info = "info";
    public const string Diff = "diff";
    public const string Report = "report";
    public const string Fleet = "fleet";
    public const string Publish = "publish";
}
