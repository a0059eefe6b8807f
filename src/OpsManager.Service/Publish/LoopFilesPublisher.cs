using OpsManager.Contract.Service;

namespace OpsManager.Service.Publish;

/// <summary>Publishes the files of one loop that the service hands out too.</summary>
internal sealed class LoopFilesPublisher
{
    private readonly WholeFilePublisher summary;
    private readonly IReadOnlyList<FilePublisher> growing;

    public LoopFilesPublisher(LoopPlace place, PublishWorld world)
    {
        SubjectWriter Writer(string name) => new(world.Bus, place.FileOf(name), world.Publisher);

        summary = new WholeFilePublisher(world.Files, place.Loop, ServiceFiles.Summary, Writer(ServiceFiles.Summary));
        growing =
        [
            .. ServiceFiles.Names.Where(static name => name != ServiceFiles.Summary)
                .Select(name => new FilePublisher(world.Files, place.Loop, name, world.Bus, Writer(name), world.NewId)),
        ];
    }

    /// <summary>Publishes what is new of each.</summary>
    /// <returns>Why one could not be read; null where all were.</returns>
    /// <exception cref="BusFault">Something was not taken, or nothing is known of it.</exception>
    public async Task<string?> PublishAsync(CancellationToken cancel)
    {
        string? fault = null;
        Func<CancellationToken, Task>[] all =
        [
            .. growing.Select(static file => (Func<CancellationToken, Task>)file.PublishAsync), summary.PublishAsync,
        ];
        foreach (var publish in all)
        {
            try
            {
                await publish(cancel).ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                fault = error.Message;
            }
        }

        return fault;
    }

    /// <summary>Bytes that are published of each, by its name.</summary>
    public IReadOnlyDictionary<string, long> Published() => growing
        .Select(static file => (file.Name, Bytes: file.Offset))
        .Append((summary.Name, Bytes: summary.Size))
        .ToDictionary(static file => file.Name, static file => file.Bytes, StringComparer.Ordinal);
}
