using Microsoft.Extensions.Hosting;

namespace OpsManager.Service.Host;

/// <summary>Leaves signals to the command line: it ends the service.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
