namespace OpsManager.Core.Documents;

/// <summary>The style sheet of a page: light, dark and printed.</summary>
internal static class PageStyle
{
    /// <summary>Of <see cref="Text"/>, as a browser computes it: the page allows this style sheet and no other.</summary>
    public const string Hash = "1HYAo3gfva4Y2meGwXl2Syay/rTsGOOnIOp87aSTJG0=";

    public const string Text = """

        :root{--page:#fff;--ink:#1c2128;--soft:#57606a;--line:#d0d7de;--good:#1a7f37;--busy:#0969da;--waiting:#9a6700;
        --bad:#cf222e;--plain:#6e7781}
        @media (prefers-color-scheme:dark){:root{--page:#14181d;--ink:#e0e5ea;--soft:#9aa4af;--line:#353c45;
        --good:#4ac26b;--busy:#58a6ff;--waiting:#d4a72c;--bad:#ff7b72;--plain:#8b949e}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,sans-serif;
        overflow-wrap:anywhere}
        main{max-width:1080px;margin:0 auto;padding:24px 20px 48px}
        h1{font-size:24px;line-height:1.25;margin:0 0 4px}
        h2{font-size:18px;margin:32px 0 8px;padding-bottom:4px;border-bottom:1px solid var(--line)}
        h3{font-size:15px;margin:16px 0 4px}
        p{margin:6px 0}
        .lead{font-size:16px;color:var(--soft)}
        .good{color:var(--good)}.working{color:var(--busy)}.waiting{color:var(--waiting)}.bad{color:var(--bad)}
        .muted{color:var(--soft)}
        dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:2px 24px;margin:12px 0}
        dl div{display:flex;gap:12px}
        dl div:first-child{grid-column:1/-1}
        dt{color:var(--soft);min-width:112px}
        dd{margin:0}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;margin:8px 0;font-size:14px}
        caption{text-align:left;color:var(--soft);padding:4px 0}
        th,td{text-align:left;vertical-align:top;padding:4px 12px 4px 0;border-bottom:1px solid var(--line)}
        th{font-weight:600}
        .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        figure{margin:12px 0}
        figcaption{color:var(--soft);font-size:14px;margin-bottom:4px}
        svg{width:100%;height:auto;display:block}
        svg text{font:12px system-ui,sans-serif;fill:var(--ink)}
        svg .axis{fill:var(--soft);font-size:11px}
        svg .grid{stroke:var(--line);stroke-width:1}
        svg .label{fill:var(--page);font-size:11px}
        .bar{fill:var(--plain)}.bar.good{fill:var(--good)}.bar.working{fill:var(--busy)}.bar.waiting{fill:var(--waiting)}
        .bar.bad{fill:var(--bad)}.bar.muted{fill:var(--line)}
        .words{font-size:13px;color:var(--soft)}
        details{margin:8px 0}
        summary{cursor:pointer;color:var(--busy)}
        footer{margin-top:40px;color:var(--soft);font-size:13px;border-top:1px solid var(--line)}
        @media print{
        :root{--page:#fff;--ink:#000;--soft:#444;--line:#bbb;--good:#116329;--busy:#0550ae;--waiting:#7d4e00;
        --bad:#a40e26;--plain:#57606a}
        main{max-width:none;padding:0}
        body{font-size:11pt}
        h2{break-after:avoid}
        tr,figure,dl div{break-inside:avoid}
        thead{display:table-header-group}
        .scroll{overflow:visible}
        details::details-content{content-visibility:visible;block-size:auto}
        summary{color:var(--ink)}
        svg,.bar{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        }

        """;
}
