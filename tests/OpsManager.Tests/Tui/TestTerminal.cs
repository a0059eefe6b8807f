using System.Runtime.CompilerServices;
using Xunit;

namespace OpsManager.Tests.Tui;

/// <summary>Keeps the terminal library away from the terminal the tests run in; has to happen before its first use.</summary>
internal static class TestTerminal
{
#pragma warning disable CA2255 // This assembly is the program.
    [ModuleInitializer]
    internal static void KeepAway() => Environment.SetEnvironmentVariable("DisableRealDriverIO", "1");
#pragma warning restore CA2255
}

/// <summary>Tests that change what the whole process shares: library settings, signal handlers, environment.</summary>
[CollectionDefinition(nameof(ProcessWide), DisableParallelization = true)]
public sealed class ProcessWide;
