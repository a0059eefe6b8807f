using OpsManager.Contract.Manager;
using OpsManager.Service.Publish;
using Xunit;

namespace OpsManager.Tests.Service.Publish;

public sealed class LineMarksTests
{
    [Fact]
    public void A_line_is_found_from_a_message_that_is_not_behind_it_however_many_came()
    {
        var marks = new LineMarks();
        for (var line = 1; line <= 5000; line++)
        {
            marks.Add(line, (ulong)line * 3);
        }

        Assert.InRange(marks.All.Count, 1, 64);
        Assert.InRange(marks.Behind(2500)!.Value, 1UL, 7500UL);
        Assert.InRange(marks.Behind(4900)!.Value, 7501UL, 14_700UL);
        Assert.Equal(15_000UL, marks.Behind(9000));
        Assert.Null(marks.Behind(1));
    }

    [Fact]
    public void Kept_marks_that_make_no_sense_are_none()
    {
        Assert.Empty(Loaded(new PublishMark(1, 5), null!));
        Assert.Empty(Loaded(new PublishMark(0, 5)));
        Assert.Empty(Loaded(new PublishMark(2, 5), new PublishMark(2, 6)));
        Assert.Empty(Loaded(new PublishMark(2, 5), new PublishMark(3, 4)));
        Assert.Equal(2, Loaded(new PublishMark(2, 5), new PublishMark(3, 6)).Count);
    }

    private static IReadOnlyList<PublishMark> Loaded(params PublishMark[] kept)
    {
        var marks = new LineMarks();
        marks.Load(kept);
        return marks.All;
    }
}
