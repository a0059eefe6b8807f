using System.CommandLine;

namespace OpsManager.Cli;

/// <summary>Options that several verbs share, so that they are spelled and described once.</summary>
public static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print JSON instead of a table." };
}
