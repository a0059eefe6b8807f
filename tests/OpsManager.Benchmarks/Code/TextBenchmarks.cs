using BenchmarkDotNet.Attributes;
using OpsManager.Contract.Text;
using OpsManager.Tui.Text;

namespace OpsManager.Benchmarks.Code;

/// <summary>Text of agents on its way to the screen: plain, with other scripts, and hostile.</summary>
[MemoryDiagnoser]
public class TextBenchmarks
{
    [Params(
        "implementer finished: 14 files changed, 3 tests added, everything is green now", "レビュー完了 — 14 ファイル変更、テスト 3 件追加 ✅ naïve café",
        "\e[31mred\e[0m \u202Eesrever\u202C bell\a e\u0301\u0301\u0301 \u200B end")]
    public string Text { get; set; } = "";

    [Benchmark]
    public string Clean() => SafeText.Clean(Text);

    [Benchmark]
    public int Width() => CellText.Width(Text);
}
