using System.Globalization;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts;
using Xunit;
using static OpsManager.Core.Tests.Rules.Rollout.RolloutRows;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Rollout;

/// <summary>Which row of decisions.jsonl bears out that an approval or a rejection took effect.</summary>
public sealed class DecisionLedgerTests
{
    private readonly WatchedRepo repo = new WatchedRepo().State(State(true)).Events(Event("loop_start"));

    [Theory]
    [InlineData(97, false)]
    [InlineData(98, true)] // two seconds before the decision
    [InlineData(1002, true)] // fifteen minutes and two seconds after it
    [InlineData(1003, false)]
    public void A_decision_counts_from_fifteen_minutes_before_the_row_with_two_seconds_on_both_sides(double row, bool isBorneOut)
    {
        repo.Decision("approved", 100).Intent("approve", row);

        Assert.Equal(isBorneOut, repo.Settled() is null);
    }

    [Theory]
    [InlineData(5, 12, false)]
    [InlineData(6, 12, true)] // two seconds before the start
    [InlineData(10, 2000, true)] // longer ago than fifteen minutes
    public void Of_an_intent_whose_start_is_known_a_decision_counts_from_its_start(double decision, double row, bool isBorneOut)
    {
        repo.Decision("approved", decision).Started("approve", events: 1).Intent("approve", row);

        Assert.Equal(isBorneOut, repo.Settled() is null);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void A_line_that_a_row_names_has_to_be_there_with_its_word(int line, bool isBorneOut)
    {
        repo.Decision("rejected", 9).Decision("approved", 10).Intent("approve", 5000, more: Evidence(Line(line)));

        Assert.Equal(isBorneOut, repo.Settled() is null);
    }

    [Theory]
    [InlineData("""{"source":"approval","fact":"x"}""")] // it names no line
    [InlineData("""{"source":"events","fact":"x","line":1}""")] // a line of another file
    [InlineData("""{"source":"decisions","fact":"x","value":"rejected","line":1}""")] // who else tried
    public void A_row_that_names_no_line_of_its_decision_is_borne_out_by_one_of_its_time(string evidence)
    {
        repo.Decision("rejected", 9).Decision("approved", 10).Intent("approve", 12, more: Evidence(evidence));

        Assert.Null(repo.Settled());
    }

    [Theory]
    [InlineData(909, true)] // its window begins with the oldest that is kept: one of the same second may be gone
    [InlineData(910, false)]
    public void Of_more_decisions_than_are_kept_nothing_is_said_against_a_row_as_old_as_the_oldest(double row, bool isBorneOut)
    {
        Decisions(LoopFacts.MaxDecisions + 6, last: "rejected").Intent("approve", row);

        Assert.Equal((isBorneOut, Time(7)), (repo.Settled() is null, Kept()));
    }

    [Theory]
    [InlineData(6, false)] // it is not kept, and was made long before the row
    [InlineData(7, false)]
    [InlineData(LoopFacts.MaxDecisions + 6, true)]
    public void Lines_are_counted_from_the_first_of_the_file_even_where_it_is_not_kept(int line, bool isBorneOut)
    {
        Decisions(LoopFacts.MaxDecisions + 6, last: "approved").Intent("approve", 5000, more: Evidence(Line(line)));

        Assert.Equal(isBorneOut, repo.Settled() is null);
    }

    private static string Line(int line) => $$"""{"source":"{{EvidenceSources.Decisions}}","fact":"x","line":{{line}}}""";

    private string Kept() =>
        repo.Loop.Decisions.Rows[0].Timestamp!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>One every second, all but the last of them rejections.</summary>
    private WatchedRepo Decisions(int count, string last)
    {
        for (var at = 1; at < count; at++)
        {
            repo.Decision("rejected", at);
        }

        return repo.Decision(last, count);
    }
}
