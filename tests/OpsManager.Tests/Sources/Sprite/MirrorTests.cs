using System.IO.Abstractions;
using OpsManager.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

public sealed class MirrorTests : IDisposable
{
    private readonly TempRepo repo = new();

    public void Dispose() => repo.Dispose();

    [Fact]
    public void The_tags_of_a_session_that_ended_in_order_are_there_once()
    {
        repo.Write(TempRepo.Log, "{}\n");
        Keep(new Dictionary<string, string?> { [TempRepo.Loop] = "tag-1", ["half"] = null });

        Assert.Equal([KeyValuePair.Create(TempRepo.Loop, "tag-1")], Take());
        Assert.Empty(Take());
    }

    [Fact]
    public void A_copy_whose_log_somebody_has_changed_has_no_tag()
    {
        repo.Write(TempRepo.Log, "{}\n");
        Keep(new Dictionary<string, string?> { [TempRepo.Loop] = "tag-1" });
        repo.Write(TempRepo.Log, "{}\n{}\n");

        Assert.Empty(Take());
    }

    private void Keep(Dictionary<string, string?> tags) => Open().Tags.Keep(tags, Open().SizeOf);

    private Dictionary<string, string> Take() => Open().Tags.Take(Open().SizeOf);

    private Mirror Open() => new(new FileSystem(), repo.Root);
}
