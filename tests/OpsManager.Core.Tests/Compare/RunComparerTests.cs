using OpsManager.Core.Compare;
using Xunit;
using static OpsManager.Core.Tests.Compare.RunText;

namespace OpsManager.Core.Tests.Compare;

public sealed class RunComparerTests
{
    [Fact]
    public void Runs_of_other_times_and_ids_with_the_same_steps_and_outcomes_are_equal()
    {
        var compared = RunComparer.Compare(Run(Iteration(1, 0)), Run(Iteration(1, 5000, run: 5000)), strict: true);

        Assert.True(compared.IsEqual);
        Assert.Equal((0, 0), (compared.DifferenceCount, compared.NumberCount));
    }

    [Fact]
    public void A_gate_that_ended_otherwise_is_the_first_divergence_with_what_changed()
    {
        var compared = RunComparer.Compare(Run(Iteration(1, 0)), Run(Iteration(1, 0, tests: "failed", exit: 1)));

        Assert.Equal(
            (DifferenceKind.Changed, "tests_end", "tests"), (compared.First!.Kind, compared.First.Step.Name, compared.First.Step.Gate));
        Assert.Equal([new("exit_code", "0", "1"), new FieldChange("status", "ok", "failed")], compared.First.Changes);
        Assert.Equal(["tests_end", "gates_evaluated", "iteration_end"], compared.Differences.Select(static one => one.Step.Name));
    }

    [Fact]
    public void A_step_that_one_side_has_alone_is_named_and_what_follows_is_still_aligned()
    {
        var lines = Iteration(1, 0);

        var compared = RunComparer.Compare(Run(lines), Run([.. lines[..3], .. lines[5..]]));

        Assert.Equal(
            [(DifferenceKind.OnlyA, 4), (DifferenceKind.OnlyA, 5)], compared.Differences.Select(static one => (one.Kind, one.A!.Line)));
    }

    [Fact]
    public void A_step_that_another_role_took_is_one_change()
    {
        var lines = Iteration(1, 0);
        var other = lines.ToArray();
        other[3] = RuntimeText.Event("role_start", 5, role: "reviewer");

        var only = Assert.Single(RunComparer.Compare(Run(lines), Run(other)).Differences);

        Assert.Equal((DifferenceKind.Changed, 4), (only.Kind, only.A!.Line));
        Assert.Equal([new FieldChange("role", "tester", "reviewer")], only.Changes);
    }

    [Fact]
    public void Two_steps_in_the_other_order_are_one_move()
    {
        var lines = Iteration(1, 0);
        var other = lines.ToArray();
        (other[4], other[5]) = (other[5], other[4]);

        var only = Assert.Single(RunComparer.Compare(Run(lines), Run(other)).Differences);

        Assert.Equal(DifferenceKind.Moved, only.Kind);
        Assert.Contains(only.A!.Line, new[] { 5, 6 });
    }

    [Fact]
    public void Children_of_a_wave_may_end_in_any_order()
    {
        var compared = RunComparer.Compare(
            Run(Wave("delegation_wave_start"), Child("delegation_child_start", "a"), Child("delegation_child_start", "b"),
                Child("delegation_child_end", "a"), Child("delegation_child_end", "b"), Wave("delegation_wave_end")),
            Run(Wave("delegation_wave_start"), Child("delegation_child_start", "b"), Child("delegation_child_end", "b"),
                Wave("delegation_wave_queue_drain"), Child("delegation_child_start", "a"), Child("delegation_child_end", "a"),
                Wave("delegation_wave_end")));

        Assert.True(compared.IsEqual);
    }

    [Fact]
    public void A_child_that_ended_otherwise_is_found_in_a_wave_of_another_order()
    {
        var only = Assert.Single(RunComparer.Compare(
            Run(Wave("delegation_wave_start"), Child("delegation_child_end", "a"), Child("delegation_child_end", "b"),
                Wave("delegation_wave_end")),
            Run(Wave("delegation_wave_start"), Child("delegation_child_end", "b", status: "timeout"), Child("delegation_child_end", "a"),
                Wave("delegation_wave_end"))).Differences);

        Assert.Equal((3, "b", 2), (only.A!.Line, only.A.Child, only.B!.Line));
    }

    [Fact]
    public void Waves_in_another_order_differ()
    {
        string[] first = [Wave("delegation_wave_start"), Child("delegation_child_end", "a"), Wave("delegation_wave_end")];
        string[] second =
        [
            Wave("delegation_wave_start", wave: "wave-2"), Child("delegation_child_end", "b", wave: "wave-2"),
            Wave("delegation_wave_end", wave: "wave-2"),
        ];

        var compared = RunComparer.Compare(Run([.. first, .. second]), Run([.. second, .. first]));

        Assert.False(compared.IsEqual);
        Assert.All(compared.Differences, static one => Assert.Equal(DifferenceKind.Moved, one.Kind));
    }

    [Fact]
    public void An_iteration_that_one_side_has_alone_is_one_difference()
    {
        var only = Assert.Single(RunComparer.Compare(
            Run(Iteration(1, 0)), Run([.. Iteration(1, 0), .. Iteration(2, 30)])).Differences);

        Assert.Equal((DifferenceKind.OnlyB, 9, 2L), (only.Kind, only.Count, only.Step.Iteration));
    }

    [Fact]
    public void Iterations_are_compared_whatever_their_numbers_are()
    {
        var run = Run([.. Iteration(1, 0), .. Iteration(2, 30), .. Iteration(3, 60, tests: "failed")]);

        Assert.True(RunComparer.Compare(run.Slice(1), run.Slice(2)).IsEqual);
        Assert.Equal("tests_end", RunComparer.Compare(run.Slice(2), run.Slice(3)).First!.Step.Name);
    }

    [Fact]
    public void Numbers_are_listed_and_make_runs_different_only_where_asked()
    {
        var slow = Iteration(1, 0);
        slow[4] = RuntimeText.Event("role_end", 200, role: "tester");

        var plain = RunComparer.Compare(Run(Iteration(1, 0)), Run(slow));
        var strict = RunComparer.Compare(Run(Iteration(1, 0)), Run(slow), strict: true);

        Assert.True(plain.IsEqual);
        Assert.False(strict.IsEqual);
        Assert.Contains(new NumberDifference(NumberKind.Duration, 1, "tester", 15, 195), plain.Numbers);
    }

    [Fact]
    public void Runs_without_a_step_in_common_say_so()
    {
        var compared = RunComparer.Compare(
            Run(RuntimeText.Event("loop_start"), RuntimeText.Event("role_start", role: "a")), Run(RuntimeText.Event("beep")));

        Assert.True(compared.HasNothingInCommon);
        Assert.Contains(ComparisonText.Lines(compared), static line => line.Text.Contains("nothing in common", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hundred_thousand_steps_of_one_kind_are_aligned_too()
    {
        var lines = Enumerable.Range(0, 100_000).Select(static at => RuntimeText.Event("beep", at % 7)).ToArray();
        string[] other = [.. lines[..50_000], RuntimeText.Event("boop"), .. lines[50_000..]];

        var compared = RunComparer.Compare(Run(lines), Run(other));

        Assert.Equal((1, 50_001), (compared.DifferenceCount, compared.First!.B!.Line));
    }

    [Fact]
    public void Two_runs_in_which_every_step_differs_are_compared_to_the_end()
    {
        var compared = RunComparer.Compare(
            Run(Enumerable.Range(0, 20_000).Select(static at => RuntimeText.Event("beep", role: $"role-{at % 40}"))),
            Run(Enumerable.Range(0, 20_000).Select(static at => RuntimeText.Event("beep", role: $"role-{39 - (at % 40)}"))));

        Assert.False(compared.IsEqual);
        Assert.Equal(RunComparison.MaxListed, compared.Differences.Count);
    }

    [Fact]
    public void Names_of_events_that_one_runtime_does_not_write_are_told()
    {
        string[] newer =
            [.. Iteration(1, 0)[..8], RuntimeText.Event("lifecycle_start"), RuntimeText.Event("lifecycle_end"), Iteration(1, 0)[8]];

        var compared = RunComparer.Compare(Run(Iteration(1, 0)), Run(newer));

        Assert.Equal(["lifecycle_end", "lifecycle_start"], compared.NamesOnlyInB);
        Assert.Contains(
            ComparisonText.Lines(compared),
            static line => line.Text.StartsWith("Only B has events of these names: lifecycle_end, lifecycle_start.",
                StringComparison.Ordinal));
    }
}
