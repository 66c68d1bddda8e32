/* page_style.h: the style of report.html: light and dark by the reader's setting, and paper */
#ifndef ORGSIM_REPORT_PAGE_STYLE_H
#define ORGSIM_REPORT_PAGE_STYLE_H

static const char page_style[] =
    ":root{--ink:#111827;--grey:#5b6675;--line:#d8dde3;--paper:#fff;--card:#f6f8fa;--with:#0072b2;--without:#c8510a;--unsure:#8a6d00}\n"
    "@media (prefers-color-scheme:dark){:root{--ink:#e8ecf1;--grey:#a3adb9;--line:#38414c;--paper:#14181d;--card:#1c2229;"
    "--with:#5cb3e6;--without:#f0965a;--unsure:#e3c04f}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 Inter,system-ui,\"Helvetica Neue\",Arial,sans-serif}\n"
    "main{max-width:64rem;margin:0 auto;padding:2rem 1.25rem 4rem}\n"
    "h1{font-size:1rem;font-weight:500;color:var(--grey);margin:0 0 1.25rem}\n"
    "h2{font-size:1.25rem;margin:3rem 0 .5rem;line-height:1.3}\n"
    "h3{font-size:1rem;margin:1.5rem 0 .25rem}\n"
    ".finding{font-size:1.55rem;line-height:1.3;font-weight:650;letter-spacing:-.01em;margin:0 0 .75rem}\n"
    ".pays b{color:var(--with)}.costs b{color:var(--without)}.undecided b{color:var(--unsure)}.finding b{font-weight:800}\n"
    ".downside{font-size:1.1rem;margin:0 0 1.5rem}\n"
    ".true{background:var(--card);border-left:4px solid var(--with);padding:1rem 1.25rem;margin:0 0 1rem;border-radius:0 6px 6px 0}\n"
    ".true p{margin:0}.true p+p{margin-top:.5rem;color:var(--grey);font-size:.95rem}.true strong{font-size:1.15rem;line-height:1.35;display:block}\n"
    ".note{color:var(--grey);font-size:.9rem;margin:.25rem 0 1rem;max-width:48rem}\n"
    ".wide{overflow-x:auto;margin:.75rem 0}\n"
    "table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}\n"
    "th,td{padding:.4rem .6rem;text-align:right;border-bottom:1px solid var(--line);vertical-align:top}\n"
    "th{font-weight:600;color:var(--grey);white-space:nowrap}\n"
    "th:first-child,td:first-child,.words td,.words th{text-align:left}\n"
    ".words td.number,.words th.number{text-align:right;white-space:nowrap}\n"
    "td small{color:var(--grey);white-space:nowrap}\n"
    "td:first-child small{white-space:normal}\n"
    "tr.headline td:first-child{color:var(--with);font-weight:700}tr.baseline td:first-child{color:var(--without);font-weight:700}\n"
    "tr.changed td{background:var(--card)}\n"
    "figure{margin:1.25rem 0;background:#fff;border:1px solid var(--line);border-radius:8px;padding:.25rem;overflow:hidden}\n"
    "figure svg{display:block;width:100%;height:auto;max-width:52rem;margin:0 auto}\n"
    "code,pre{font:.88rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}\n"
    "pre{background:var(--card);padding:.75rem 1rem;border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere}\n"
    "ul{padding-left:1.2rem;max-width:48rem}\n"
    "@media (max-width:40rem){.finding{font-size:1.25rem}main{padding-top:1rem}}\n"
    "@media print{:root{--ink:#000;--grey:#444;--line:#bbb;--paper:#fff;--card:#f4f4f4;--with:#0072b2;--without:#c8510a;--unsure:#6b5500}"
    "body{font-size:10.5pt}main{max-width:none;padding:0}h2{break-after:avoid}figure,tr,.true{break-inside:avoid}thead{display:table-header-group}"
    ".wide{overflow:visible}}\n";

#endif
