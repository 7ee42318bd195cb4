/// How the page looks, light and dark.
enum DocumentationStyle {
    static let css = """
        :root { color-scheme: light dark; --line: #d5d9df; --soft: #f4f6f8; --text: #1b2430;
          --dim: #5a6675; --post: #0b6e4f; --get: #1d4ed8; --bad: #b42318; }
        @media (prefers-color-scheme: dark) { :root { --line: #38414d; --soft: #1d242c;
          --text: #e6eaf0; --dim: #9aa7b6; --post: #4cc38a; --get: #7aa7ff; --bad: #ff8a7a; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 4rem; color: var(--text);
          font: 16px/1.5 system-ui, sans-serif; }
        h1 { margin: 0; font-size: 1.6rem; } h1 small { color: var(--dim); font-weight: 400; }
        h2 { margin: 2rem 0 .5rem; font-size: 1.15rem; } h2 + p { margin: 0 0 .5rem; color: var(--dim); }
        details { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; }
        summary { padding: .5rem .75rem; cursor: pointer; display: flex; flex-wrap: wrap; gap: .25rem .75rem;
          align-items: baseline; }
        details[open] > summary { border-bottom: 1px solid var(--line); }
        .inside { padding: .25rem .75rem 1rem; }
        .method { font-weight: 700; font-size: .8rem; min-width: 2.8rem; }
        .post { color: var(--post); } .get { color: var(--get); }
        code, pre, textarea, input { font: .9rem/1.45 ui-monospace, monospace; }
        summary code { overflow-wrap: anywhere; } .dim { color: var(--dim); }
        pre { background: var(--soft); border-radius: .5rem; padding: .75rem; overflow: auto; margin: .5rem 0;
          max-height: 24rem; }
        table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
        th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line);
          vertical-align: top; overflow-wrap: anywhere; }
        th { font-size: .85rem; color: var(--dim); font-weight: 600; }
        h3 { font-size: .95rem; margin: 1rem 0 .25rem; }
        textarea { width: 100%; min-height: 9rem; } input, textarea, button, select { color: inherit;
          background: var(--soft); border: 1px solid var(--line); border-radius: .35rem; padding: .35rem .5rem; }
        button { cursor: pointer; font: inherit; } label { display: block; margin: .5rem 0; }
        .bad { color: var(--bad); }
        """
}
