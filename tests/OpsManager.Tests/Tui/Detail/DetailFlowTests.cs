using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Detail;
using Xunit;

namespace OpsManager.Tests.Tui.Detail;

/// <summary>Walking through the tabs of a run.</summary>
public sealed class DetailFlowTests
{
    [Fact]
    public void Every_tab_is_reached_by_walking_and_walking_goes_round()
    {
        using var screen = ScreenDriver.Rich();
        screen.Press("w");
        foreach (var tab in Enum.GetValues<DetailTab>())
        {
            Assert.Equal(tab, screen.Model.Ui.Detail.Tab);
            screen.Expect($"[{tab}]").Press("]");
        }

        Assert.Equal(DetailTab.Why, screen.Model.Ui.Detail.Tab);
        Assert.Equal(DetailTab.Files, screen.Press("3", "h").Model.Ui.Detail.Tab);
    }
}
