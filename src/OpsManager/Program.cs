using OpsManager.Cli;
using OpsManager.Sources.Files;
using OpsManager.Sources.Processes;

// Before the runtime takes the signals over, which it does with the first use of the terminal.
ChildSignals.Prepare();
return await CommandLine.RunAsync(
    args,
    new VerbContext(new HostFileSystem(), TimeProvider.System, Environment.GetEnvironmentVariable, static () => Guid.NewGuid().ToString("n")));
