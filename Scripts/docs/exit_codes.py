"""Writes the table of exit codes into README.md and README.pt-BR.md from what the program's help says, or says where it
is not current.

    exit_codes.py PROGRAM [--write]

The table stands between two marks, wherever the document wants it.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

root = Path(__file__).parents[2]
program = str(Path(sys.argv[1]).resolve())
BEGIN, END = "<!-- exit codes: written by make reference -->", "<!-- end of exit codes -->"
HEADS = {"README.md": ("code", "means"), "README.pt-BR.md": ("código", "significa")}
# Keyed by the English, so that a meaning that changes asks for its translation.
PORTUGUESE = {
    "done": "feito",
    "failed in another way; the message says how": "falhou de outro modo; a mensagem diz como",
    "a check said no: a column leaks the target, the gate keeps the champion, customers drifted, a model does not come out"
    " again, or its data is not found": "uma verificação disse não: uma coluna entrega o alvo, o portão mantém o campeão,"
    " os clientes derivaram, um modelo não sai igual outra vez, ou seus dados não são achados",
    "wrong usage: an option, a setting, or a name that is not there": "uso errado: uma opção, um ajuste, ou um nome que não"
    " existe",
    "bad data: a file is not there, can't be read, or breaks its rules": "dados ruins: um arquivo não existe, não pode ser"
    " lido, ou quebra suas regras",
    "a server can't be reached or does not let you in": "um servidor não pode ser alcançado ou não deixa entrar",
    "output can't be written": "a saída não pode ser escrita",
    "interrupted": "interrompido",
}


def codes():
    """Code and meaning, as the help has them."""
    dump = subprocess.run([program, "--experimental-dump-help"], capture_output=True, text=True, check=True)
    discussion = json.loads(dump.stdout)["command"]["discussion"]
    found = re.findall(r"^ +(\d+)  (.+)$", discussion.partition("Exit codes:")[2], re.MULTILINE)
    if not found:
        sys.exit("exit codes: the program's help has none")
    meanings = {meaning for _, meaning in found}
    if meanings != set(PORTUGUESE):
        sys.exit(f"exit codes: say in {Path(__file__).name} in Portuguese what changed: {sorted(meanings ^ set(PORTUGUESE))}")
    return found


def table(name, found):
    rows = [HEADS[name], ("---", "---")]
    rows += [(code, PORTUGUESE[meaning] if "pt-BR" in name else meaning) for code, meaning in found]
    return "".join(f"| {' | '.join(row)} |\n" if row[0] != "---" else "|---|---|\n" for row in rows)


found, stale = codes(), []
for name in HEADS:
    page = root / name
    text = page.read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        sys.exit(f"exit codes: {name} needs the marks {BEGIN} and {END} once, with the table between them")
    before, _, rest = text.partition(BEGIN)
    current = f"{before}{BEGIN}\n\n{table(name, found)}\n{END}{rest.partition(END)[2]}"
    if current == text:
        continue
    if "--write" in sys.argv:
        page.write_text(current, encoding="utf-8")
    else:
        stale.append(name)
if stale:
    sys.exit(f"FAIL exit codes of {' and '.join(stale)} are not current; `make reference` writes them")
print("ok   exit codes")
