using OpsManager.Cli;

return await CommandLine.RunAsync(args, Environment.GetEnvironmentVariable);
