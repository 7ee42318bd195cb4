extension DeskStyle {
    static let queue = """
        .split{display:grid;grid-template-columns:minmax(0,1fr);gap:0 22px;align-items:start}
        .split>aside:empty{display:none}
        .list{padding:0}
        .tools{display:flex;flex-wrap:wrap;gap:10px;align-items:end;padding:16px;border-bottom:1px solid var(--rule)}
        .tools form{display:flex;flex-wrap:wrap;gap:10px;align-items:end;flex:1;margin:0}
        .tools .field+.field{margin:0}.tools .field:first-child{flex:1 1 220px}.tools .field{flex:0 1 auto}
        .tools .fold>div{display:flex;flex-wrap:wrap;gap:10px;margin-top:8px}.tools .fold{margin:0 0 8px}
        .queue th,.queue td{padding:10px 14px 10px 0;vertical-align:middle}
        .queue tr>:first-child{padding-left:18px}.queue tr>:last-child{padding-right:16px}
        .queue tbody th a{color:var(--ink);text-decoration:none}.queue tbody th a:hover{text-decoration:underline}
        .queue td:nth-child(3),td.risk{white-space:nowrap}
        .queue td:nth-child(1),.queue td:nth-child(4){text-align:right;white-space:nowrap}.queue td:nth-child(5){padding-left:14px}
        .queue td:nth-child(6){max-width:11em}.no-levers tr>:nth-child(6){display:none}
        .queue tr.done td,.queue tr.done th a{color:var(--quiet)}
        .queue tr.chosen{background:var(--model-tint)}.queue tr.chosen th a{font-weight:600}
        .queue td:nth-child(7){position:relative;white-space:nowrap}
        .queue small{display:block;color:var(--quiet)}.queue .plain{font-size:13px}
        .queue summary{list-style:none}.queue summary::-webkit-details-marker{display:none}
        .queue details>div{position:absolute;right:12px;top:calc(100% - 6px);z-index:3;display:grid;gap:6px;padding:10px;\
        background:var(--surface);border:1px solid var(--rule);border-radius:10px;box-shadow:0 8px 24px rgba(10,18,28,.16)}
        tr:nth-last-child(-n+3) .queue details>div{top:auto;bottom:calc(100% - 6px)}
        .pages{display:flex;align-items:center;gap:14px;padding:14px 18px;margin:0;font-size:14px;border-top:1px solid var(--grid)}
        """

    static let customer = """
        .panel{padding:0}.part{padding:18px 22px;border-top:1px solid var(--rule)}.part:first-child{border-top:0}
        .pair .part{padding:0;border:0}
        .pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 20px;align-items:start}
        .fall th,.fall td{border:0;padding:3px 12px 3px 0;vertical-align:middle}
        .fall th{width:40%}.fall .number{width:4.5em}
        .fall td.step{padding-right:0}
        svg.step{display:block;width:100%;height:12px;overflow:visible;\
        background:linear-gradient(var(--grid),var(--grid)) 0 50%/100% 1px no-repeat}
        svg.step .up{fill:var(--leave)}svg.step .down{fill:var(--step-down)}svg.step .base{fill:var(--muted)}
        .fall .total{font-weight:600}.fall .total th{font-weight:600}
        .fall+p{margin-top:10px}table+.fall{margin-top:20px}
        .answer,.advice:not(:empty){margin-top:12px;padding:10px 14px;border-radius:8px;background:var(--model-tint)}
        .advice:not(:empty){background:var(--ground)}
        .marks{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
        .events{list-style:none;padding:0;margin-top:16px;font-size:14px}
        .events li{padding:8px 0;border-top:1px solid var(--grid)}.events time{color:var(--quiet);margin-right:8px}
        """

    static let parts = """
        .steps{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(270px,1fr));gap:0 20px}
        .ordinal{font-size:28px;font-weight:600;color:var(--model);line-height:1}
        .verdict{font-size:22px;line-height:1.3;font-weight:600;letter-spacing:-.01em;text-wrap:balance}
        .head{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:12px;margin-bottom:18px}
        .head h1{margin:0}
        .choices label{display:block;padding:4px 0}
        .findings li+li{margin-top:6px}.findings+form,form+.findings{margin-top:16px}
        .measure{max-width:880px;margin-left:auto;margin-right:auto}.measure form{margin-top:20px}
        .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:0 32px;margin:0 0 18px;font-size:14px}
        .facts div{display:grid;grid-template-columns:minmax(0,11em) minmax(0,1fr);gap:12px;padding:8px 0;border-top:1px solid var(--grid)}
        .facts dt{color:var(--quiet)}.facts dd{margin:0;font-variant-numeric:tabular-nums}
        .line{display:flex;flex-wrap:wrap;gap:10px;align-items:end}.line .field{flex:1 1 200px}.line .field+button{margin:0}.head .line .field{flex:0 1 260px}
        .alarm,.caution{border-left:4px solid var(--leave)}
        .range{display:flex;gap:6px;align-items:baseline;margin:0}.range output{font-size:22px;font-weight:600;font-variant-numeric:tabular-nums}
        .pair>figure:only-child,.pair>.card:only-child{grid-column:1/-1}
        .quiet+.pair{margin-top:14px}
        """

    static let narrow = """
        @media (min-width:1180px){.split.beside{grid-template-columns:minmax(0,1fr) minmax(380px,31%)}\
        .split>aside{position:sticky;top:16px;max-height:calc(100vh - 32px);overflow:auto}.panel{margin-bottom:4px}}
        @media (max-width:1320px){.bar{flex-wrap:wrap;gap:0 20px;padding-top:10px}.bar nav{order:3;flex:1 0 100%}\
        .bar nav a{padding:9px 9px 8px}.bar nav ul{margin-left:-9px}}
        @media (max-width:860px){.pair,.hero{grid-template-columns:minmax(0,1fr)}}
        @media (max-width:720px){main,.bar,.foot{padding-left:14px;padding-right:14px}main{padding-top:16px}\
        h1{font-size:22px}.card{padding:16px;margin-bottom:14px}.hero{padding:18px 16px}.list,.panel{padding:0}\
        .part{padding:16px}.who{font-size:12px;gap:2px 10px;max-width:68%}.who>span{max-width:11em}\
        .bar nav ul{flex-wrap:wrap;gap:0 4px}.bar nav a{padding:6px 9px;font-size:14px}.head .line{flex-wrap:nowrap}.big{font-size:23px}.tools{padding:12px}.tools form{flex-basis:100%}.tools .field{flex:1 1 44%}\
        .queue,.queue tbody{display:block}.queue thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\
        .queue tbody tr{display:grid;grid-template-columns:2.4em minmax(0,1fr) auto;gap:4px 8px;padding:12px 14px;\
        border-top:1px solid var(--grid);align-items:center}\
        .queue tbody tr>*{padding:0!important;border:0}.queue td:nth-child(1){text-align:left;color:var(--quiet)}\
        .queue tbody th{font-weight:600;font-size:15px}.queue td:nth-child(3){text-align:right}.queue svg.bar{width:56px}\
        .queue td:nth-child(5){grid-column:1/-1}.queue td:nth-child(4){grid-column:1/-1;grid-row:3;text-align:left;color:var(--quiet);font-size:13px}\
        .queue td:nth-child(4)::before{content:attr(data-label) ": "}.queue td:nth-child(6){grid-column:1/3;max-width:none}\
        .queue td:nth-child(7){text-align:right}.queue details>div{right:0}}
        """

    static let paper = """
        @media print{body{background:none;font-size:11px}.bar nav,.who a,.who form,.tools,.marks,.queue details,.actions,.skip,.pages,.foot,\
        .queue .plain,.fold{display:none}main,.bar{max-width:none;padding:0}.card{break-inside:avoid;border-color:#ccc;padding:12px}\
        .list{break-inside:auto}.split.beside{display:block}.queue tr{break-inside:avoid}table{font-size:11px}}
        """
}
