using System.Runtime.CompilerServices;

namespace OpsManager.Control.Tests;

/// <summary>What is done before the first test.</summary>
internal static class TestProgram
{
#pragma warning disable CA2255 // This assembly is the program.
    [ModuleInitializer]
    internal static void Start() => DefaultSignals.Restore();
#pragma warning restore CA2255
}
