using OpsManager.Sources.Replay;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Replay;

/// <summary>A replay at two sizes, in colour and without: text and style of each cell.</summary>
public sealed class ReplayGoldenTests
{
    /// <summary>The recording and what leads to each picture.</summary>
    private static readonly Dictionary<string, (string Tape, string? Caption, string[] Keys)> Ways = new()
    {
        ["start"] = ("role-fails", null, []),
        ["failure"] = ("role-fails", "the implementer fails; w says why", ["}", "}", "}", "w"]),
        ["files"] = ("role-fails", null, ["End", "v"]),
        ["decided"] = ("approval-rejected", "the run waits; a shows what was decided", ["}", "}", "a"]),
        ["cancelled"] = ("cancel-pending-approval", null, ["}", "}", "x"]),
        ["waiting"] = ("approval-approved", "the run waits; a shows what was decided", ["}", "}"]),
        ["later"] = ("approval-rejected", null, [")", ")", ")", "2", "/", "t", "e", "s", "t", "Enter"]),
    };

    public static TheoryData<string, int, int, bool> Pictures()
    {
        var data = new TheoryData<string, int, int, bool>();
        foreach (var name in Ways.Keys)
        {
            foreach (var (columns, rows) in new[] { (80, 24), (120, 32) })
            {
                data.Add(name, columns, rows, true);
                data.Add(name, columns, rows, false);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Looks_as_it_did(string name, int columns, int rows, bool colour)
    {
        var (tape, caption, keys) = Ways[name];
        using var screen = new ReplayScreen(
            columns, rows, colour ? ColorDepth.True : ColorDepth.None, new RecordingInfo(tape, SampleTape.Read(tape).Title, caption));

        screen.Press(keys);

        Golden.Assert($"replay-{name}-{columns}x{rows}{(colour ? "" : "-mono")}", screen.Styled);
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 32)]
    public void The_list_of_recordings_looks_as_it_did(int columns, int rows)
    {
        using var screen = new ReplayScreen(columns, rows, "approval-approved", "role-fails", "two-loops", "sigkilled");

        screen.Press(":").Type("replay ");

        Golden.Assert($"replay-list-{columns}x{rows}", screen.Styled);
    }
}
