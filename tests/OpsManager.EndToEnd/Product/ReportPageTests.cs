using System.Text;
using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>The page of <c>report</c> in a real browser: Chromium of the distribution's packages.</summary>
public sealed class ReportPageTests : IDisposable
{
    private const string Browser = "chromium";

    /// <summary>Without a quote or a backslash, so that it can stand in JSON that is in JSON.</summary>
    private const string Hostile = "</td></title><script>document.title=1</script><img src=x onerror=document.title=2>";

    private readonly string folder = Directory.CreateTempSubdirectory("ops-manager-report-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => TempFolder.Delete(folder);

    [Fact]
    public async Task Hostile_text_is_text_and_runs_nothing()
    {
        Tool.Require(Browser);
        var tape = await File.ReadAllTextAsync(RepoRoot.Combine("sample-runs", "approval-rejected.tape.jsonl"), Cancel);
        var page = await PageAsync(tape.Replace("implementer", Hostile, StringComparison.Ordinal));

        var dom = await BrowseAsync(page, "--dump-dom");

        Assert.Contains("<title>checkout-flow: ", dom, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;document.title=1&lt;/script&gt;", dom, StringComparison.Ordinal);
        foreach (var element in new[] { "<script", "<img", "<iframe", "<link", "<object" })
        {
            Assert.DoesNotContain(element, dom, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task The_page_is_drawn_light_and_dark_and_can_be_printed()
    {
        Tool.Require(Browser);
        var page = await PageAsync(await File.ReadAllTextAsync(RepoRoot.Combine("sample-runs", "long-run.tape.jsonl"), Cancel));

        var (light, dark, print) = (Path.Combine(folder, "light.png"), Path.Combine(folder, "dark.png"), Path.Combine(folder, "page.pdf"));
        await BrowseAsync(page, $"--screenshot={light}", "--window-size=1100,1600", "--blink-settings=preferredColorScheme=1");
        await BrowseAsync(page, $"--screenshot={dark}", "--window-size=1100,1600", "--blink-settings=preferredColorScheme=0");
        await BrowseAsync(page, $"--print-to-pdf={print}", "--no-pdf-header-footer");

        var (bright, dim) = (await File.ReadAllBytesAsync(light, Cancel), await File.ReadAllBytesAsync(dark, Cancel));
        Assert.All([bright, dim], static picture => Assert.Equal("PNG"u8, picture.AsSpan(1, 3)));
        Assert.All([bright, dim], static picture => Assert.True(picture.Length > 50_000, "the picture is empty"));
        Assert.False(bright.AsSpan().SequenceEqual(dim), "dark looks like light");
        Assert.Equal("%PDF-", Encoding.ASCII.GetString(await File.ReadAllBytesAsync(print, Cancel), 0, 5));
    }

    private async Task<string> PageAsync(string tape)
    {
        var (file, page) = (Path.Combine(folder, "run.tape.jsonl"), Path.Combine(folder, "page.html"));
        await File.WriteAllTextAsync(file, tape, Cancel);
        await Tool.RunAsync(OpsManagerBinary.Path, ["report", file, "--html", page], null, Cancel);
        return page;
    }

    private Task<string> BrowseAsync(string page, params string[] what) => Tool.RunAsync(
        Browser,
        ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", $"--user-data-dir={Path.Combine(folder, "profile")}", .. what,
            $"file://{page}"],
        null,
        Cancel);
}
