"""The expressions of GitHub Actions: https://docs.github.com/en/actions/reference/workflows-and-actions/expressions."""

import re

TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<name>[A-Za-z_][\w-]*(?:\.(?:[A-Za-z_][\w-]*|\*))*)"
    r"|(?P<operator>&&|\|\||==|!=|<=|>=|[<>!(),\[\]]))"
)
FUNCTIONS = set("always success failure cancelled contains startsWith endsWith format join toJSON fromJSON hashFiles".split())
LITERALS = {"true", "false", "null"}
GITHUB = set("actor event event_name ref ref_name repository repository_owner run_id server_url sha workflow".split())
FREE = {"env", "vars", "secrets", "inputs", "runner", "job", "strategy"}


class Scope:
    """What a place in a workflow may refer to."""

    def __init__(self, jobs, job, matrix):
        needs = job.get("needs", [])
        self.jobs, self.job, self.matrix = jobs, job, matrix
        self.needs = {needs} if isinstance(needs, str) else set(needs)
        self.steps = set()

    def problem(self, name):
        """Why nothing is called so, or None."""
        context, *parts = name.split(".")
        if name in LITERALS or context in FREE:
            return None
        if context == "github":
            return None if parts and parts[0] in GITHUB else f"github has no {'.'.join(parts)}"
        if context == "matrix":
            return None if parts and parts[0] in self.matrix else f"the matrix has no {'.'.join(parts)}"
        if context == "steps":
            known = len(parts) >= 2 and parts[0] in self.steps and parts[1] in ("outputs", "outcome", "conclusion")
            return None if known else f"no step before this one is called {'.'.join(parts)}"
        if context == "needs":
            if not parts or parts[0] not in self.needs:
                return f"the job does not need {'.'.join(parts)}"
            if parts[1:2] == ["result"]:
                return None
            outputs = self.jobs[parts[0]].get("outputs", {})
            return None if parts[1:2] == ["outputs"] and parts[2] in outputs else f"{parts[0]} has no output {parts[-1]}"
        return f"{name} is neither a context nor a function"


def problems(expression, scope):
    """What is wrong with an expression's form or with the names in it."""
    place, depth, wants_value = 0, [], True
    expression = expression.strip()
    while place < len(expression):
        token = TOKEN.match(expression, place)
        if not token:
            yield f"`{expression}`: nothing can begin with {expression[place:place + 5]!r}"
            return
        place = token.end()
        word = token[token.lastgroup]
        if token.lastgroup == "operator":
            if word in "([":
                depth.append(word)
                wants_value = True
            elif word in ")]":
                if not depth or depth.pop() + word not in ("()", "[]"):
                    yield f"`{expression}`: {word} without its other half"
                wants_value = False
            elif word == "!":
                wants_value = True
            else:
                if wants_value:
                    yield f"`{expression}`: {word} has nothing before it"
                wants_value = True
            continue
        if not wants_value:
            yield f"`{expression}`: {word} follows a value"
        calls = expression[place:].lstrip().startswith("(")
        if token.lastgroup == "name":
            if calls and word not in FUNCTIONS:
                yield f"`{expression}`: there is no function {word}"
            elif not calls and (problem := scope.problem(word)):
                yield f"`{expression}`: {problem}"
        # A function's parenthesis follows its name.
        wants_value = calls
    if depth:
        yield f"`{expression}`: {depth[-1]} is not closed"
    if wants_value and not expression.endswith(")"):
        yield f"`{expression}`: it ends too early"
