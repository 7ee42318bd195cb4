import Charts

/// The desk's style sheet: system fonts, light and dark, phone, screen and paper.
enum DeskStyle {
    static let css = [
        ChartStyle.css, colours, base, frame, controls, pieces, queue, customer, parts, narrow,
        paper,
    ]
    .joined(separator: "\n")

    /// The sign in the window's tab: a bar that is filled in part.
    static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1c64ad"/>\
        <rect x="6" y="8" width="20" height="4" rx="2" fill="#fff"/><rect x="6" y="14" width="14" height="4" rx="2" fill="#fff" opacity=".85"/>\
        <rect x="6" y="20" width="8" height="4" rx="2" fill="#f79a56"/></svg>
        """

    /// Besides those of the charts: tints behind text, each with text that stands out by 4.5 to 1 or more.
    private static let colours = """
        :root{--up:#8a3606;--up-tint:#fdeee3;--down:#0a5a50;--down-tint:#e1f3ef;--step-down:#0b8576;\
        --model-tint:#e9f0f9;--track:#e6eaee;--on-model:#fff;--warn:#7a4b00;--warn-tint:#fff4dc;\
        --fault:#a01c1c;--fault-tint:#fdeaea;--raise:0 1px 2px rgba(16,24,32,.05)}
        @media screen and (prefers-color-scheme:dark){:root{--up:#ffc096;--up-tint:#3c2615;\
        --down:#86e0d1;--down-tint:#12332f;--step-down:#3fc4b0;--model-tint:#1b2d41;--track:#2b3642;\
        --on-model:#0b1723;--warn:#ffd48a;--warn-tint:#352a14;--fault:#ffb0a8;--fault-tint:#3d1e1e;\
        --raise:none}}
        """

    private static let base = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;scroll-padding-top:16px}
        body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,\
        "Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;overflow-wrap:anywhere}
        main{max-width:1480px;margin:0 auto;padding:28px 32px 8px;outline:0}
        h1{font-size:26px;line-height:1.2;letter-spacing:-.01em;margin:0 0 6px;text-wrap:balance}
        h2{font-size:17px;line-height:1.35;margin:0 0 6px}
        h3{font-size:15px;line-height:1.4;margin:0 0 6px}
        p{margin:0 0 8px}p:last-child{margin-bottom:0}
        a{color:var(--model);text-underline-offset:2px}
        ul,ol{margin:0;padding-left:20px}
        pre{margin:8px 0;padding:12px 14px;border-radius:8px;background:var(--ground);overflow-x:auto;\
        font-size:13px;line-height:1.6}
        code{font-family:ui-monospace,"Liberation Mono",Menlo,monospace}
        small,.small{font-size:13px}
        .quiet,.hint,.eyebrow{color:var(--quiet)}
        .eyebrow,.hint{font-size:13px;margin:0}
        .lead{color:var(--quiet);font-size:16px;max-width:76ch}
        .unseen{position:absolute!important;width:1px!important;height:1px;min-height:0!important;padding:0!important;margin:-1px;overflow:hidden;clip-path:inset(50%);\
        white-space:nowrap}
        .skip{position:absolute;left:8px;top:-60px;padding:8px 14px;background:var(--surface);\
        border-radius:8px;z-index:9}
        .skip:focus{top:8px}
        :focus-visible{outline:2px solid var(--model);outline-offset:2px}
        ::selection{background:var(--model-tint)}
        [aria-busy=true]{opacity:.55;transition:opacity .15s}
        @media (prefers-reduced-motion:reduce){*{transition:none!important;scroll-behavior:auto!important}}
        """

    private static let frame = """
        .top{background:var(--surface);border-bottom:1px solid var(--rule)}
        .bar{max-width:1480px;margin:0 auto;padding:0 32px;display:flex;align-items:center;gap:28px;min-height:58px}
        .brand{font-size:18px;font-weight:700;color:var(--ink);text-decoration:none;letter-spacing:-.01em}
        .bar nav{flex:1;min-width:0}
        .bar nav ul{display:flex;gap:4px;padding:0;list-style:none;overflow-x:auto;scrollbar-width:none}
        .bar nav a{display:block;padding:17px 10px 15px;color:var(--quiet);text-decoration:none;\
        border-bottom:2px solid transparent;white-space:nowrap}
        .bar nav a:hover{color:var(--ink)}
        .bar nav a:focus-visible{outline-offset:-2px}
        .bar nav a[aria-current]{color:var(--ink);font-weight:600;border-color:var(--model)}
        .who{margin-left:auto;display:flex;flex-wrap:wrap;justify-content:flex-end;gap:2px 14px;font-size:13px;\
        color:var(--quiet)}
        .who>*{white-space:nowrap}.who>span{max-width:18em;overflow:hidden;text-overflow:ellipsis}
        .who a,.who .plain{color:var(--quiet);font-size:13px}
        .foot{max-width:1480px;margin:0 auto;padding:28px 32px 40px;font-size:13px;color:var(--quiet)}
        .crumb{font-size:14px}
        .notice{display:flex;align-items:center;gap:12px;padding:10px 16px;margin:0 0 16px;border-radius:8px;\
        background:var(--model-tint)}
        .notice p{margin:0}.notice form{margin-left:auto}
        .notice.warning,.warn{background:var(--warn-tint);color:var(--warn)}
        .notice.problem{background:var(--fault-tint);color:var(--fault)}
        .warn{padding:10px 14px;border-radius:8px}
        """

    private static let controls = """
        button,.button,select,input,summary{font:inherit;font-size:14px}
        button,.button,.queue summary{display:inline-block;padding:7px 13px;border:1px solid var(--rule);\
        border-radius:8px;background:var(--surface);color:var(--ink);text-decoration:none;cursor:pointer;\
        line-height:1.4;white-space:nowrap}
        button:hover,.button:hover,.queue summary:hover{border-color:var(--muted)}
        button.main,.button.main,button[aria-pressed=true]{background:var(--model);border-color:var(--model);\
        color:var(--on-model)}
        ::file-selector-button{font:inherit;margin-right:10px;padding:2px 10px;border:1px solid var(--rule);border-radius:6px;\
        background:var(--ground);color:var(--ink)}
        button+.hint{margin-top:8px}
        button.plain{border:0;padding:0;background:none;color:var(--model);text-decoration:underline;\
        text-underline-offset:2px}
        select,input:not([type=hidden],[type=range],[type=radio],[type=checkbox]){width:100%;padding:7px 10px;border:1px solid var(--muted);\
        border-radius:8px;background:var(--surface);color:var(--ink);line-height:1.4;min-height:36px}
        input[type=range]{width:100%;accent-color:var(--model)}
        input[type=radio],input[type=checkbox]{accent-color:var(--model);margin:0 8px 0 0}
        [aria-invalid]{border-color:var(--fault)!important}
        .fault{color:var(--fault);font-size:13px;margin:4px 0 0}
        .field{min-width:0}.field label{display:block;font-size:13px;color:var(--quiet);margin-bottom:3px}
        .field+.field{margin-top:12px}.fields .field+.field{margin-top:0}
        .fields{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:10px 0}
        form+form,.field+button,.field+p{margin-top:14px}
        fieldset{border:0;margin:0 0 18px;padding:0}legend{font-weight:600;padding:0;margin-bottom:8px}fieldset .fields{margin-top:0}
        .fold{margin-top:10px}.fold>summary{cursor:pointer;color:var(--model)}
        .live .unlive{display:none}
        .actions{display:flex;flex-wrap:wrap;gap:8px;margin-top:16px}
        .closing{margin-top:16px}
        """

    private static let pieces = """
        .card{background:var(--surface);border:1px solid var(--rule);border-radius:10px;padding:22px 26px;\
        box-shadow:var(--raise);margin-bottom:20px}
        .narrow{max-width:560px;margin:6vh auto}
        .hero{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,34%);gap:20px 44px;align-items:center;\
        padding:24px 28px}
        .hero>:only-child{grid-column:1/-1}
        .progress p{margin:8px 0 0;font-size:14px}.progress .big{margin:0 0 6px;font-size:28px}
        .big{font-size:28px;line-height:1.2;font-weight:600;font-variant-numeric:tabular-nums}
        .bar:is(svg){width:76px;height:8px;margin-right:10px;padding:0;min-height:0;display:inline-block;\
        vertical-align:middle;background:var(--track);border-radius:4px}
        svg.bar rect{fill:var(--leave);height:8px;rx:4px}svg.bar.model rect{fill:var(--model)}
        svg.bar.wide{display:block;width:100%;height:8px;margin:0}
        .up,.down{display:inline-block;padding:1px 8px;border-radius:5px;font-size:13px;line-height:1.55;margin:2px 3px 2px 0}
        .up{background:var(--up-tint);color:var(--up)}.down{background:var(--down-tint);color:var(--down)}
        .tag{display:inline-block;padding:0 8px;border-radius:5px;font-size:13px;font-weight:400;background:var(--model-tint);\
        color:var(--ink)}
        .tag.good{background:var(--down-tint);color:var(--down)}.tag.bad{background:var(--up-tint);color:var(--up)}
        table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.45;font-variant-numeric:tabular-nums}
        th,td{padding:9px 14px 9px 0;text-align:left;vertical-align:top;border-top:1px solid var(--grid);font-weight:400;\
        overflow-wrap:normal}
        th:last-child,td:last-child{padding-right:0}
        thead th{border-top:0;font-size:13px;color:var(--quiet);vertical-align:bottom}
        thead a{color:inherit;text-decoration:none}thead a:hover{text-decoration:underline}
        [aria-sort=ascending] a::after{content:" ↑"}[aria-sort=descending] a::after{content:" ↓"}
        caption{text-align:left;font-weight:600;font-size:15px;padding:0 0 8px}
        .number{text-align:right;white-space:nowrap}
        .number+td:not(.number),.number+th:not(.number){padding-left:14px}
        .scroll{overflow-x:auto}.scroll tbody th{min-width:8.5em}.scroll+p,.findings+p,form+div{margin-top:14px}
        .empty{padding:44px 26px;text-align:center;color:var(--quiet)}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:16px;margin:0 0 20px}
        .tiles .card{margin:0;padding:16px 20px}.tiles dt{font-size:13px;color:var(--quiet)}
        .tiles dd{margin:0}.tiles dd.quiet{font-size:13px}
        figure{margin:0 0 20px}figure svg{margin:14px 0;max-width:580px}figcaption{font-size:14px;color:var(--quiet)}
        """
}
