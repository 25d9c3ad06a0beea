/// The report's style: colours and textures of verdicts, type, and what changes on paper and on narrow screens.
enum StyleSheet {
  /// SHA-256 of ``text`` in Base64, by which the content security policy lets it in; a test keeps it true.
  static let hash = "aXpahFOfAG4ZRWwHQSPH7tdWGoZG7V2CHqyztqbdJpc="

  static let text = #"""
    :root{color-scheme:light dark;
    --paper:#fff;--soft:#f5f6f8;--line:#dfe3e8;--strong:#8a939e;--ink:#15181c;--muted:#565f6a;--link:#174ea6;
    --used:#7389a3;--unused:#c23b06;--unused-text:#b03504;--quiet:#8b949e;--cut:#fdeee6;
    --rule:1px solid var(--line);--rule2:1px solid var(--strong);
    --sans:-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;
    --mono:SFMono-Regular,Menlo,"Cascadia Mono",Consolas,"Liberation Mono","DejaVu Sans Mono",monospace}
    @media screen and (prefers-color-scheme:dark){:root{
    --paper:#13171c;--soft:#1b2026;--line:#2c333b;--strong:#6d7782;--ink:#e7eaee;--muted:#a3acb7;--link:#8db8ff;
    --used:#66809c;--unused:#ff8144;--unused-text:#ff9862;--quiet:#7f8995;--cut:#3a2118}}
    *{box-sizing:border-box}
    html{scroll-padding-top:1rem}
    body{margin:0;background:var(--paper);color:var(--ink);font:.9375rem/1.5 var(--sans);font-variant-numeric:tabular-nums}
    .page{max-width:76rem;margin:0 auto;padding:1.75rem 2rem 5rem}
    p,ul,ol,dl,table,figure,pre{margin:0 0 .75rem}
    ul,ol{padding:0;list-style:none}dd{margin:0}b{font-weight:600}
    a{color:var(--link);text-underline-offset:.18em;text-decoration-thickness:1px}
    :focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
    code,.arn,pre{font-family:var(--mono);font-size:.86em}
    code{overflow-wrap:anywhere}.id,time{white-space:nowrap}
    .arn b,code b{color:var(--ink)}
    .sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.5rem 1rem;z-index:2}
    h1,h2,h3,h4,h5{margin:0;line-height:1.25;font-weight:600}
    h1{font-size:.9375rem}
    h2{font-size:1.5rem;letter-spacing:-.012em;margin-bottom:.35rem}
    h3{font-size:1.0625rem;margin:2rem 0 .5rem}
    section{margin-top:4rem}
    .muted,.note,.arn,.contents a,caption,thead th,.zero,.decisions>li:before,.head,.axis,.facts dt,.finding dt,.cmd:before,section>p:first-of-type,.role h3 span,.tools label,.tools output{color:var(--muted)}
    .note,h4,.contents a,.strip,.legend,caption,thead th,.decisions dd,.decisions dt,.head,.tools label,.tools output,.contents h2,.part>h3{font-size:.8125rem}
    section>p:first-of-type{max-width:44rem;margin-bottom:1.25rem;break-after:avoid}
    .contents a{display:block;text-decoration:none;padding:.22rem 0}
    .contents a:hover{color:var(--ink)}
    @media(min-width:70rem){.page{display:grid;grid:auto/10.5rem minmax(0,1fr);column-gap:3.5rem}
    .contents{position:sticky;top:1.75rem;align-self:start}.contents h2{letter-spacing:0;margin-bottom:.5rem}}
    @media(max-width:69.99rem){.contents{border-bottom:var(--rule);padding-bottom:.75rem;margin-bottom:1.5rem}
    .contents ul{display:flex;flex-wrap:wrap;gap:0 1rem;margin:0}}
    .masthead{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:0 2rem}
    .masthead p{margin:0}
    .lead{font-size:1.875rem;line-height:1.22;letter-spacing:-.02em;font-weight:600;max-width:25em;margin:1.1rem 0 1.6rem;text-wrap:pretty}
    .evidence{border-top:var(--rule);padding-top:.7rem;margin-bottom:1.4rem}
    .evidence>p{max-width:52rem;margin:.5rem 0 0}
    .strip{display:grid;grid:auto/8rem minmax(0,1fr) 8.5rem;gap:0 1rem;align-items:center;line-height:1.65rem}
    .strip svg{width:100%;height:12px;display:block}
    .strip>:last-child{text-align:right}
    .strip .months{height:15px;font-size:.75rem;overflow:visible}.months text{fill:var(--muted)}
    .day{fill:var(--used)}.day.gap{fill:var(--quiet)}
    .figures{display:grid;grid:auto/repeat(4,1fr);border-top:var(--rule);margin-bottom:1.5rem}
    .figures>div{padding:.7rem 1rem 0;border-left:var(--rule)}.figures>div:first-child{padding-left:0;border:0}
    .figures dt{font-size:.875rem;line-height:1.35}
    .figures .n{font-size:2.25rem;line-height:1.15;letter-spacing:-.03em;font-weight:600;white-space:nowrap}
    .figures .n small{font-size:.9375rem;font-weight:400;letter-spacing:0;color:var(--muted)}
    .figures>div{display:grid;grid-template-rows:subgrid;grid-row:span 3;align-content:start}.figures .n{grid-row:1}
    .v0{fill:var(--used)}.v1{fill:url(#failed)}.v2{fill:url(#attempted);stroke:var(--used)}.v3{fill:var(--unused)}.v4{fill:url(#unobservable);stroke:var(--quiet)}.v5{fill:url(#little);stroke:var(--quiet)}
    .in-used{fill:var(--used)}.in-quiet{fill:var(--quiet)}.in-paper{fill:var(--paper)}
    .bar{display:block;width:100%;height:16px;overflow:visible}.bar rect{y:3px;height:10px}.bar .v3{y:0;height:16px}
    .key{width:13px;height:13px;vertical-align:-1.5px;margin-right:.4em;flex:none;overflow:visible}
    .legend{display:flex;flex-wrap:wrap;gap:.15rem 1.25rem;margin:.5rem 0 0}
    .loud{color:var(--unused-text);font-weight:600}
    table{border-collapse:collapse;width:100%;font-size:.875rem}
    caption{text-align:left;padding-bottom:.35rem}
    th,td{padding:.4rem 1rem .4rem 0;text-align:left;vertical-align:top;border-bottom:var(--rule)}
    th:last-child,td:last-child{padding-right:0}
    thead th{font-weight:400;line-height:1.3;vertical-align:bottom;border-color:var(--strong)}
    tbody th{font-weight:400}
    .num{text-align:right;white-space:nowrap}.services thead .num{white-space:normal}.services td:nth-child(n+3),.seen td:nth-child(4),.seen td:nth-child(5){text-align:right;white-space:nowrap}
    .date{white-space:nowrap}
    .scroll{overflow-x:auto}.scroll code{overflow-wrap:break-word}
    .services{table-layout:fixed}.services th:first-child{width:9.5rem}.services .num{width:5.75rem}.services code{white-space:nowrap;display:block;overflow:hidden;text-overflow:ellipsis}.services td,.services th{vertical-align:middle}.services thead th{vertical-align:bottom}
    .broad table{table-layout:fixed;min-width:38rem}.broad th:first-child{width:5rem}.broad td,.broad tbody th,.broad code{overflow-wrap:anywhere}
    tfoot td,tfoot th{border-bottom:0;font-weight:600}
    .decisions{counter-reset:d;border-top:var(--rule2)}
    .decisions>li,.decisions-head{grid:auto/1.25rem 4.25rem minmax(0,1fr) 11rem 11rem;column-gap:1.25rem}
    .decisions>li{counter-increment:d;display:grid;padding:.75rem 0 .6rem;border-bottom:var(--rule)}
    .decisions>li:before{content:counter(d)}
    .decisions .tag{justify-self:start;align-self:start;margin-top:.1rem}
    .decisions p{margin:0 0 .2rem}
    .decisions dl{display:contents}.head{display:grid;line-height:1.3;padding-bottom:.35rem;align-items:end}
    .tag{display:inline-block;font-size:.75rem;line-height:1.15rem;padding:0 .4rem;border:var(--rule2);border-radius:3px;color:var(--ink);white-space:nowrap}
    .tag.critical{background:var(--ink);border-color:var(--ink);color:var(--paper);font-weight:600}
    .tag.high{border-color:var(--ink);font-weight:600}
    .tag.low,.tag.info{color:var(--muted)}
    .part{display:grid;grid:auto/9.5rem minmax(0,1fr);column-gap:1.5rem;padding:.9rem 0;border-top:var(--rule)}
    .part>:last-child,.part>:last-child>:last-child,.part table{margin-bottom:0}.acc:not(:first-child){margin-top:1.75rem}
    .part>h3,.part>h4{margin:0;line-height:1.4;padding-top:.1rem;color:var(--ink)}
    .part li+li{margin-top:.4rem}.part ul,h3+p{max-width:46rem}
    .tools{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin-bottom:1.25rem}
    .tools[hidden]{display:none}
    .tools input,.tools select,.tools button{display:block;font:inherit;font-size:.875rem;color:var(--ink);background:var(--paper);border:var(--rule2);border-radius:4px;padding:.3rem .6rem;height:2.1rem}
    .tools input{width:15rem}.tools button{cursor:pointer}
    .tools output{line-height:2.1rem;margin-left:auto}
    .roles-head,.role>summary{grid:auto/1rem minmax(0,1fr) 11rem 5.5rem 6rem 7rem;column-gap:1rem}
    .roles-head{border-bottom:var(--rule2)}
    .role{border-bottom:var(--rule);content-visibility:auto;contain-intrinsic-size:auto 3.6rem}
    .role>summary{display:grid;align-items:center;padding:.55rem 0;cursor:pointer;list-style:none}
    .role>summary::-webkit-details-marker{display:none}
    .role>summary:before{content:"";grid-row:1/3;border:solid var(--muted);border-width:0 1.5px 1.5px 0;width:.45rem;height:.45rem;transform:rotate(-45deg);margin-left:.25rem}
    .role[open]>summary:before{transform:rotate(45deg) translate(-2px,-2px)}
    .role>summary:hover{background:var(--soft)}.role>summary:focus-visible{outline-offset:-3px}
    .ubar{width:17%}.pbar{width:20%}
    .role h3{font:600 .875rem/1.35 var(--mono);margin:0;overflow-wrap:anywhere}.role h3 span{font-weight:400}.role h3{max-height:4.1rem;overflow:hidden}
    .role>summary>:nth-child(n+3){grid-row:1/3}.role>summary>h3{grid-area:1/2}.role>summary>.note{grid-area:2/2}
    .role .body{padding:.25rem 0 2.5rem 2rem;scroll-margin-top:4.5rem}
    .role .said{font-size:1.125rem;line-height:1.45;max-width:44rem;margin:.5rem 0 1.1rem;text-wrap:pretty}
    .facts{display:grid;grid:auto/max-content minmax(0,1fr);gap:.15rem 1.5rem;font-size:.875rem;margin:0}
    .facts dd{overflow-wrap:anywhere}
    .weeks{display:block;width:100%;height:36px;overflow:visible}
    .weeks .w{fill:var(--used)}.weeks .d{fill:url(#attempted);stroke:var(--used)}.weeks .g{fill:url(#little)}.weeks line{stroke:var(--strong)}
    .axis{display:flex;justify-content:space-between;font-size:.75rem;margin:.2rem 0 .4rem}
    .finding{padding-bottom:1.1rem;margin-bottom:1.1rem;border-bottom:var(--rule);max-width:50rem}
    .finding:last-child{border:0;padding:0;margin:0}
    .finding>:first-child{font-size:.9375rem;line-height:1.45}.finding .tag{margin-right:.15rem;vertical-align:1px}
    .finding dl{display:grid;grid:auto/7rem minmax(0,1fr);gap:.15rem 1rem;margin:.4rem 0 0;font-size:.875rem}
    .cmd{display:block;background:var(--soft);padding:.3rem .6rem;border-radius:4px;margin-top:.25rem;white-space:pre-wrap}
    .cmd:before{content:"$ "}
    pre{background:var(--soft);border-radius:4px;padding:.5rem 0;line-height:1.55;overflow-x:auto;margin-top:.25rem}
    pre code{font-size:1em;overflow-wrap:normal}
    pre i,pre del{display:block;font-style:normal;text-decoration:none;padding:0 .75rem}
    pre del{background:var(--cut);box-shadow:inset 3px 0 var(--unused)}
    .scroll+.note,.scroll+.scroll,.scroll+.more{margin-top:.5rem}.finding dd p{margin:0}
    .plain{max-width:46rem}.plain li{margin-bottom:.25rem}
    .hash,.event{overflow-wrap:anywhere}
    .more>summary{cursor:pointer;color:var(--link);padding:.2rem 0}.more{margin-bottom:.75rem}
    .said b,.what b,.role h3,.finding>:first-child,.arn,.facts dd,li,p{overflow-wrap:anywhere}td,th{overflow-wrap:break-word}
    .date,.num,time{overflow-wrap:normal}
    footer{margin-top:4rem;border-top:var(--rule);padding-top:.75rem}
    @media screen and (max-width:48rem){
    .page{padding:1rem 1rem 3rem}.lead{font-size:1.5rem}section{margin-top:3rem}
    .figures{grid:auto/1fr 1fr;row-gap:.5rem}.figures>div:nth-child(odd){padding-left:0;border:0}.figures>div:nth-child(n+3){border-top:var(--rule)}
    .strip{grid:auto/1fr auto;gap:0 1rem}.strip>:nth-child(2){grid-row:2;grid-column:1/-1}
    .decisions>li{grid:auto/1.5rem minmax(0,1fr);column-gap:.5rem}.decisions>li>div{grid-column:2}.decisions dl{display:grid;grid:auto/4.5rem 1fr;grid-column:2;gap:.2rem .5rem;margin:.3rem 0 0}.decisions dt{color:var(--muted)}
    .head{display:none}.part{grid:auto/minmax(0,1fr)}.part>h3,.part>h4{margin-bottom:.35rem}
    .role>summary{grid:auto/1rem minmax(0,1fr) max-content;row-gap:.3rem}.role>summary:before{align-self:start;margin-top:.35rem}.role>summary>*{grid-column:2}.role>summary>:nth-child(n){grid-area:auto/2/auto/-1;text-align:left}
    .role>summary>:nth-child(5){grid-area:5/3}.role>summary>:nth-child(6){grid-area:5/2}
    .role .body{padding-left:0}
    .scroll>table:not(.services){min-width:38rem}.tools input{width:100%}.tools label{flex:1 1 9rem}.tools select{width:100%}
    .services .bars,.services thead th:nth-child(2),.services tfoot td:nth-child(2){display:none}.services th:first-child{width:7rem}.services .num{width:auto}.services th,.services td{padding-right:.4rem}.services thead th{font-size:.6875rem;white-space:normal;overflow-wrap:anywhere;hyphens:auto}.services .key{display:block;margin:0 0 .2rem auto}
    .facts{grid:auto/minmax(0,1fr)}.facts dd{margin-bottom:.4rem}.finding dl{grid:auto/minmax(0,1fr)}.finding dd{margin-bottom:.3rem}}
    @media print,(min-width:48.01rem){.decisions dt,.lbl{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}
    @page{size:A4;margin:15mm 14mm 18mm;@bottom-left{content:"Access review";font:8pt sans-serif;color:#565f6a}@bottom-right{content:counter(page) " of " counter(pages);font:8pt sans-serif;color:#565f6a}}
    @media print{tfoot{display:table-row-group}.services{break-inside:avoid}
    html{font-size:13px}body{print-color-adjust:exact}
    .page{display:block;max-width:none;padding:0}.contents,.tools,.skip{display:none!important}
    section{margin-top:9mm}h2,h3,h4,h5,caption,.head,.roles-head{break-after:avoid}
    tr,.decisions>li,.finding,.role>summary,.strip,figure,.facts,pre,#made .part{break-inside:avoid}
    .part>h3,.part>h4{break-after:auto}thead{display:table-header-group}.scroll{overflow:visible}p{break-inside:avoid}
    .role{content-visibility:visible}a{color:inherit}pre code{white-space:pre-wrap}
    .decisions>li,.decisions-head{grid:auto/5mm 15mm minmax(0,1fr) 34mm 34mm;column-gap:3mm}
    .roles-head,.role>summary{grid:auto/4mm minmax(0,1fr) 34mm 18mm 20mm 24mm;column-gap:3mm}
    .part{grid:auto/26mm minmax(0,1fr);column-gap:4mm}.role .body{padding-left:7mm}}
    """#
}
