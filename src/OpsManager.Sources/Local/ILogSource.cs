namespace OpsManager.Sources.Local;

/// <summary>
/// A source whose logs stand elsewhere and are not copied. Nothing is asked unless one of these is called, and then at a moderate pace,
/// beside the caller: what is not there yet comes with a later call.
/// </summary>
public interface ILogSource
{
    /// <summary>The logs and reports of a loop, as far as they are known.</summary>
    LoopFileList Logs(string loop);

    /// <summary>One of them; null where the source cannot hand it out.</summary>
    /// <param name="path">Relative to the repository.</param>
    ITextLines? Open(string path);
}
