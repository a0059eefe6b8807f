using OpsManager.Core.Facts.Observations;

namespace OpsManager.Sources.Follow;

/// <summary>
/// Keeps indexes of logs between two sessions. It is only a help: what cannot be read, or is of another log, is not there, and what cannot
/// be kept is made again.
/// </summary>
internal interface IKeptIndexes
{
    /// <summary>What was kept of a log with this identity, which may be another one; null where nothing was.</summary>
    KeptIndex? Find(FileStamp log);

    /// <summary>Keeps an index in place of the one before. Returns at once.</summary>
    void Keep(IndexedLog indexed);
}
