using OpsManager.Cli;
using OpsManager.Sources.Files;

return await CommandLine.RunAsync(
    args,
    new VerbContext(new HostFileSystem(), TimeProvider.System, Environment.GetEnvironmentVariable, static () => Guid.NewGuid().ToString("n")));
