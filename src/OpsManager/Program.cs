using System.IO.Abstractions;
using OpsManager.Cli;

return await CommandLine.RunAsync(
    args,
    new VerbContext(new FileSystem(), TimeProvider.System, Environment.GetEnvironmentVariable, static () => Guid.NewGuid().ToString("n")));
