using OpsManager.Tests.Sources.Changes;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Shell;
using Xunit;

namespace OpsManager.Tests.Tui.Confirm;

/// <summary>Reading before a decision: from the box that asks to the texts and back.</summary>
public sealed class ReviewFlowTests : IDisposable
{
    private readonly LiveRepo repo = new();

    public void Dispose() => repo.Dispose();

    [Fact]
    public void The_changed_files_the_test_output_and_the_reports_are_read_from_the_box_and_it_comes_back()
    {
        GitRepository.Begin(repo.Root, "kept.cs", "edited.cs");
        File.WriteAllText(Path.Combine(repo.Root, "edited.cs"), "other\n");
        repo.PutInLoop("test-output.txt", "14 passed\n");
        repo.AskApproval();
        using var screen = Waiting();

        screen.Press("a").Expect("APPROVE").Press("v").Until("2 files differ").Expect("READ 1 of").Expect("changed       edited.cs");
        screen.Press("]").Until("14 passed").Expect("test output");
        screen.Press("Esc").Expect("APPROVE");

        Assert.Equal(Overlay.Confirm, screen.Model.Ui.Overlay);
        screen.ExpectNothingSent();
    }

    [Fact]
    public void Back_in_the_box_keys_do_not_count_for_a_moment()
    {
        repo.AskApproval();
        using var screen = Waiting();

        screen.Press("a").Wait(1).Press("v").Press("Esc").Press("y").Wait(0.2).ExpectNothingSent();

        Assert.Equal(Overlay.Confirm, screen.Model.Ui.Overlay);
    }

    [Fact]
    public void A_report_that_approval_json_names_outside_of_the_runtimes_directory_is_named_and_not_opened()
    {
        var files = """{"plan":"/etc/passwd","notes":"../notes.md","evidence":".superloop/../../x","review":".superloop/state.json"}""";
        repo.PutInLoop(
            "approval.json",
            $$"""{"status":"pending","loop_id":"{{LiveRepo.Loop}}","run_id":"{{repo.RunId}}","iteration":1,"files":{{files}}}""");
        using var screen = Waiting();

        screen.Press("a").Press("v").Until("READ 1 of 6").Press("]").Press("]").Until("READ 3 of 6  checkout-flow · plan")
            .Expect("outside of .superloop").Expect("/etc/passwd");
        screen.Press("o").Expect("no file");
        screen.Press("]").Until("../notes.md").Press("]").Until("not a path under")
            .Press("]").Until("READ 6 of 6  checkout-flow · review");
    }

    private LiveScreen Waiting() => new LiveScreen(repo).Until(static model => model.Current?.Approval.Value is { IsPending: true });
}
