using System.CommandLine;
using OpsManager.Cli;
using OpsManager.Contract.Words;

namespace OpsManager.Verbs;

/// <summary><c>fleet</c>: what concerns everything that config.yaml names (docs/fleet.md).</summary>
internal static class FleetVerb
{
    public static Command Command(VerbContext context) =>
        new(VerbNames.Fleet, "Work with everything that config.yaml names.")
        {
            new FleetStatusVerb(context).Command(), new FleetInitVerb(context).Command(),
        };
}
