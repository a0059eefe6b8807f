using OpsManager.Sources.Files;
using Xunit;

namespace OpsManager.Tests.Sources.Files;

public sealed class ProbeCacheTests : IDisposable
{
    private readonly TempRepo repo = new();
    private readonly ProbeCache probes;

    public ProbeCacheTests() => probes = new ProbeCache(new LinuxTree(repo.Root, null, stepwise: false));

    [Fact]
    public void A_file_that_did_not_change_is_the_same_each_time()
    {
        repo.Write(TempRepo.Log, "one\n");
        var first = probes.Probe(TempRepo.Log);
        Assert.True(first.IsPresent);
        Assert.Equal(first, probes.Probe(TempRepo.Log));
    }

    [Fact]
    public void A_file_that_grew_was_replaced_or_removed_is_seen_as_it_is_now()
    {
        repo.Write(TempRepo.Log, "one\n");
        var first = probes.Probe(TempRepo.Log);
        repo.Append(TempRepo.Log, "two\n");
        var grown = probes.Probe(TempRepo.Log);
        repo.Replace(TempRepo.Log, "one\ntwo\n");
        var replaced = probes.Probe(TempRepo.Log);
        File.Delete(repo.Full(TempRepo.Log));

        Assert.Equal(3, new[] { first, grown, replaced }.Distinct().Count());
        Assert.Equal(FileProbe.Missing, probes.Probe(TempRepo.Log));
    }

    [Fact]
    public void A_file_whose_directory_became_a_link_is_not_found_through_it()
    {
        repo.Write(TempRepo.Log, "one\n");
        Assert.True(probes.Probe(TempRepo.Log).IsPresent);
        Directory.Move(repo.Full(".superloop"), repo.Full("elsewhere"));
        Directory.CreateSymbolicLink(repo.Full(".superloop"), "elsewhere");
        File.AppendAllText(repo.Full(TempRepo.Log), "two\n");
        Assert.False(probes.Probe(TempRepo.Log).IsPresent);
    }

    public void Dispose() => repo.Dispose();
}
