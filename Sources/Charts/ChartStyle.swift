/// Colours and type of all charts, for light, dark and paper.
public enum ChartStyle {
    /// The style sheet that a page with charts includes once.
    ///
    /// Blue and orange stay apart for every common form of colour blindness, and lightness tells
    /// them apart in print. The variables are there for the page around the charts, too.
    public static let css = """
        :root{--ground:#f6f7f9;--surface:#fff;--ink:#17202b;--quiet:#5b6776;--rule:#dfe3e8;\
        --grid:#eceff2;--model:#1c64ad;--leave:#c2500c;--muted:#8793a1;\
        --hue-0:#1c64ad;--hue-1:#c2500c;--hue-2:#0b8576;--hue-3:#b0307f;--hue-4:#8a6d00;\
        --hue-5:#6d4fc4;--hue-6:#4a9120;--hue-7:#3b4653;color-scheme:light dark}
        @media screen and (prefers-color-scheme:dark){:root{--ground:#10151c;--surface:#182029;\
        --ink:#e8edf3;--quiet:#a0acba;--rule:#2e3945;--grid:#253039;--model:#6db3f5;\
        --leave:#f79a56;--muted:#7d8a99;--hue-0:#6db3f5;--hue-1:#f79a56;--hue-2:#3fc4b0;\
        --hue-3:#f27cc0;--hue-4:#d9b93b;--hue-5:#b39dff;--hue-6:#96d35f;--hue-7:#d5dde6}}
        .chart{display:block;width:100%;height:auto;overflow:visible;\
        font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;\
        font-size:11.5px;font-variant-numeric:tabular-nums}
        .chart text{fill:var(--quiet)}
        .chart .strong{fill:var(--ink);font-weight:600}
        .chart .name{fill:var(--ink)}
        .chart .note{fill:var(--ink);paint-order:stroke;stroke:var(--surface);stroke-width:4px;\
        stroke-linejoin:round}
        .chart .big{fill:var(--ink);font-size:22px;font-weight:600}
        .chart .grid{stroke:var(--grid);stroke-width:1}
        .chart .axis{stroke:var(--muted);stroke-width:1}
        .chart .reference{fill:none;stroke:var(--muted);stroke-width:1.2;stroke-dasharray:4 3}
        .chart .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
        .chart .model{stroke:var(--model)}
        .chart .leave{stroke:var(--leave)}
        .chart .muted{stroke:var(--muted)}
        \(hues)
        .chart .dash-1{stroke-dasharray:6 4.5}
        .chart .dash-2{stroke-dasharray:.1 4}
        .chart .whisker{stroke-width:1.5;stroke-linecap:round}
        .chart .fill{stroke:none}
        .chart .fill.model{fill:var(--model)}
        .chart .fill.leave{fill:var(--leave)}
        .chart .fill.muted{fill:var(--muted)}
        .chart .fill.blank{fill:var(--rule)}
        .chart .faint{fill-opacity:.13}
        .chart .half{fill-opacity:.55}
        .chart .dot{stroke:var(--surface);stroke-width:1.5}
        .chart .dot.model{fill:var(--model)}
        .chart .dot.leave{fill:var(--leave)}
        .chart .dot.muted{fill:var(--muted)}
        .chart .mark{stroke:var(--ink);stroke-width:1;stroke-dasharray:2 2}
        @media (max-width:480px){.chart{font-size:13px}}
        """

    /// Colours of things of one kind that are to be told apart, as the runs of a comparison.
    static let hueCount = 8

    private static let hues = (0 ..< hueCount).map { hue in
        ".chart .hue-\(hue){stroke:var(--hue-\(hue))}"
            + ".chart .dot.hue-\(hue){fill:var(--hue-\(hue));stroke:var(--surface)}"
    }.joined(separator: "\n")
}
