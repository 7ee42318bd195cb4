import Charts

/// The style sheet of the page: system fonts, light and dark, phone, screen and paper.
enum PageStyle {
    static let css =
        ChartStyle.css + "\n" + """
            *{box-sizing:border-box}
            html{-webkit-text-size-adjust:100%}
            body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,\
            -apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;\
            overflow-wrap:anywhere}
            main,header{max-width:1000px;margin:0 auto;padding:0 24px}
            header{padding-top:40px}
            .eyebrow{margin:0;font-size:13px;color:var(--quiet)}
            h1{font-size:30px;line-height:1.2;letter-spacing:-.01em;margin:4px 0 6px}
            h2{font-size:22px;line-height:1.25;letter-spacing:-.005em;margin:52px 0 4px}
            h3{font-size:15px;line-height:1.35;margin:0}
            p{margin:0}
            .quiet,.quiet th,.quiet td{color:var(--quiet)}
            .lead{color:var(--quiet);max-width:68ch}
            .card{background:var(--surface);border:1px solid var(--rule);border-radius:10px;\
            padding:20px}
            .hero{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,330px);gap:36px;\
            align-items:center;margin-top:24px;padding:28px}
            .verdict{font-size:26px;line-height:1.28;font-weight:600;letter-spacing:-.01em;\
            margin-bottom:14px;text-wrap:balance}
            .hero p+p{margin-top:8px}
            .tiles{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:16px;\
            margin-top:16px}
            .tile{padding:16px 18px}
            .tile .name{font-size:13px;color:var(--quiet)}
            .tile .value{font-size:28px;line-height:1.25;font-weight:600;letter-spacing:-.01em;\
            font-variant-numeric:tabular-nums}
            .tile .note{font-size:13px;line-height:1.4;color:var(--quiet)}
            .whole{white-space:nowrap}
            .money{grid-column:span 2}
            .money dl{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:12px;margin:0}
            .money dt{font-size:13px;line-height:1.3;color:var(--quiet)}
            .money dd{margin:0;font-size:20px;line-height:35px;font-weight:600;font-variant-numeric:tabular-nums}
            .money dd.first{font-size:28px}
            .warnings{border-left:4px solid var(--leave);margin-top:16px;padding:14px 20px}
            .warnings ul{margin:4px 0 0;padding-left:20px}
            nav{margin-top:28px;font-size:14px}
            nav ul{display:flex;flex-wrap:wrap;gap:4px 20px;margin:0;padding:0;list-style:none}
            a{color:var(--model);text-underline-offset:2px}
            .grid{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px;\
            margin-top:16px}
            figure{margin:0;display:flex;flex-direction:column}
            figure svg{margin:14px 0 12px}
            figcaption{margin-top:auto;font-size:14px;line-height:1.45;color:var(--quiet)}
            .table{margin-top:16px;padding:8px 20px 14px}
            .scroll{overflow-x:auto}
            table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.4;\
            font-variant-numeric:tabular-nums}
            caption{text-align:left;font-weight:600;font-size:15px;padding:10px 0 6px}
            th,td{padding:7px 20px 7px 0;text-align:left;vertical-align:top;\
            border-top:1px solid var(--grid);overflow-wrap:normal}
            th:last-child,td:last-child{padding-right:0}
            tbody th{font-weight:500}
            thead th{border-top:0;font-size:13px;font-weight:500;color:var(--quiet);\
            vertical-align:bottom}
            .number{text-align:right;white-space:nowrap}
            .table h3{padding:10px 0 6px}
            .grid .table{margin-top:0;padding-top:10px}
            td:last-child:not(.number){min-width:14em}
            .facts{display:grid;grid-template-columns:minmax(0,13em) minmax(0,1fr);margin:0;\
            font-size:14px}
            .facts dt,.facts dd{margin:0;padding:7px 12px 7px 0;border-top:1px solid var(--grid)}
            .facts dt{color:var(--quiet)}
            .facts dt:first-of-type,.facts dd:first-of-type{border-top:0}
            .facts dd{font-variant-numeric:tabular-nums}
            footer{max-width:1000px;margin:0 auto;padding:36px 24px 48px;font-size:13px;\
            color:var(--quiet)}
            @media (max-width:860px){.hero{grid-template-columns:minmax(0,1fr)}\
            .hero figure{max-width:340px}.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}}
            @media (max-width:720px){.grid{grid-template-columns:minmax(0,1fr)}}
            @media (max-width:480px){main,header,footer{padding-left:12px;padding-right:12px}\
            header{padding-top:24px}h1{font-size:25px}h2{font-size:20px;margin-top:40px}\
            .card{padding:16px 14px}.hero{padding:20px 16px;gap:24px}.verdict{font-size:21px}\
            .tiles{gap:10px}.tile{padding:14px 12px}.tile .value,.money dd.first{font-size:23px}.money dd{font-size:17px}\
            .table,.grid .table{padding:6px 14px 12px}.facts{grid-template-columns:minmax(0,1fr)}\
            .facts dd{border-top:0;padding-top:0}.facts dt{padding-bottom:0}}
            @media print{body{background:none;font-size:12px}main,header{max-width:none;padding:0}\
            nav{display:none}.card{break-inside:avoid;border-color:#ccc}h2{break-after:avoid}\
            .scroll{overflow:visible}}
            """
}
