import Markup

/// Names and what stands for them, in pairs.
struct Facts {
    let pairs: [(name: String, value: String)]

    var html: HTML {
        let rows = pairs.map { name, value -> HTML in
            "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
        }
        return "<dl class=\"facts\">\(rows)</dl>"
    }
}
