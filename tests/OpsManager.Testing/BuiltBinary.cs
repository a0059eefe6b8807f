namespace OpsManager.Testing;

/// <summary>Finds the programs under test: named by the environment, else built beside these tests in the same configuration.</summary>
internal static class BuiltBinary
{
    public static string Find(string variable, string project, string name)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named)
        {
            return Path.GetFullPath(named);
        }

        // <root>/tests/<this project>/bin/<configuration>/<framework>/
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = here.Parent?.Parent?.Parent?.Parent?.Parent?.FullName
            ?? throw new DirectoryNotFoundException($"the tests do not run from their build output: {here}");
        var path = Path.Combine(root, project, "bin", here.Parent!.Name, here.Name, name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"not built; or set {variable}", path);
    }
}

/// <summary>The product.</summary>
public static class OpsManagerBinary
{
    /// <summary>OPS_MANAGER_BIN when set, else what was built.</summary>
    /// <exception cref="FileNotFoundException">Neither is there.</exception>
    public static string Path => BuiltBinary.Find("OPS_MANAGER_BIN", "src/OpsManager", "ops-manager");
}

/// <summary>The screen with nothing behind it.</summary>
public static class ProbeBinary
{
    /// <summary>TERMINAL_PROBE_BIN when set, else what was built.</summary>
    /// <exception cref="FileNotFoundException">Neither is there.</exception>
    public static string Path => BuiltBinary.Find("TERMINAL_PROBE_BIN", "tests/OpsManager.TerminalProbe", "terminal-probe");
}

/// <summary>A runtime that fails on request.</summary>
public static class RuntimeBinary
{
    /// <exception cref="FileNotFoundException">It was not built.</exception>
    public static string Path => BuiltBinary.Find("TEST_RUNTIME_BIN", "tests/OpsManager.TestRuntime", "test-runtime");
}
