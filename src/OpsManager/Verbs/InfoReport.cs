namespace OpsManager.Verbs;

/// <summary>
/// What <c>info</c> says of this executable and of what it uses here. It has no secret: no token, and of a command its program only.
/// </summary>
/// <param name="Commit">The commit of the source; null where the build did not know it.</param>
/// <param name="Executable">Absolute path; null where the system does not say.</param>
/// <param name="Telemetry">Null where it is off.</param>
internal sealed record InfoReport(
    string Version, string? Commit, InfoRuntime Runtime, string? Executable, IReadOnlyList<InfoPath> Paths, InfoTerminal Terminal,
    IReadOnlyList<InfoTransport> Transports, InfoCommand Superloop, InfoTelemetry? Telemetry);

/// <summary>What the code runs on.</summary>
/// <param name="Kind"><c>native</c> or <c>managed</c>.</param>
/// <param name="Dotnet">Such as <c>.NET 10.0.1</c>.</param>
/// <param name="Platform">Such as <c>linux-x64</c>.</param>
internal sealed record InfoRuntime(string Kind, string Dotnet, string Platform);

/// <summary>One file or directory that the program uses.</summary>
/// <param name="Path">Absolute; of a shipped file, its name inside the executable. Null where there is none.</param>
/// <param name="Why">What decided it, or why there is none; null where nothing is to be said.</param>
internal sealed record InfoPath(string Name, string? Path, bool Exists, string? Why);

/// <summary>The terminal as the environment describes it; it is not asked.</summary>
/// <param name="Columns">Null where standard output does not say.</param>
/// <param name="Colors"><c>none</c>, <c>16</c>, <c>256</c> or <c>24-bit</c>.</param>
/// <param name="Mouse">Whether the screen takes the mouse.</param>
/// <param name="Problem">Why no screen can be shown here; null where one can.</param>
internal sealed record InfoTerminal(
    bool InputIsTerminal, bool OutputIsTerminal, int? Columns, int? Rows, string Colors, string ColorsWhy, bool Mouse, bool Ascii,
    string? Term, string? ColorTerm, string? NoColor, string? Problem);

/// <summary>One way by which loops are read and acted on.</summary>
/// <param name="Sprite">The sprite of config.yaml that it is for; null for this host.</param>
internal sealed record InfoTransport(string Transport, string? Sprite, string How);

/// <summary>The runtime's command. It was found, and not started.</summary>
/// <param name="Path">Absolute; null where there is none that can be used.</param>
/// <param name="Why">What found it, or why there is none.</param>
internal sealed record InfoCommand(string? Path, string Why);

/// <summary>Where metrics and traces are sent. A header that goes with them is not told.</summary>
internal sealed record InfoTelemetry(string Endpoint, int IntervalSeconds);
