using OpsManager.Contract.Fleet;

namespace OpsManager.Service.Publish;

/// <summary>Where the messages of one loop go.</summary>
/// <param name="Prefix">What every subject begins with.</param>
internal sealed record LoopPlace(string Prefix, string Sprite, string Loop)
{
    public string Events => FleetSubject.Events(Sprite, Loop).Text(Prefix);

    public string Snapshot => FleetSubject.Snapshot(Sprite, Loop).Text(Prefix);

    public string Publisher => FleetSubject.Publisher(Sprite).Text(Prefix);

    public string FileOf(string name) => FleetSubject.FileOf(Sprite, Loop, name).Text(Prefix);

    /// <summary>The message id of a line.</summary>
    public string IdOf(string log, long line) =>
        FormattableString.Invariant($"{FleetSubject.Token(Sprite)}/{FleetSubject.Token(Loop)}/{log}/{line}");
}
