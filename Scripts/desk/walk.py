"""Walks the desk as people do, in a real browser, and holds every page against what it promises.

From a fresh service over simulated customers, a campaign, the list, a customer, what-if, a mark and its undo, to whether it
was worth it and the exported list; in both languages, narrow and wide, light and dark; then sign-in, sign-out, a wrong key, an
expired session and a forged form; two people who mark one customer, and a service that is killed while somebody marks. No page
may write to the console, ask another host, or break a rule of axe-core.
"""

import argparse
import contextlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

WORDS = {
    "en": {"first": "Three steps to your first list", "waiting": "are still to be called", "undo": "Undo", "sign": "Sign in"},
    "pt-BR": {"first": "Três passos até a primeira lista", "waiting": "Faltam contatar", "undo": "Desfazer", "sign": "Entrar"},
}  # fmt: skip
failures = []


def check(holds, what):
    print(("ok   " if holds else "FAIL ") + what, flush=True)
    if not holds:
        failures.append(what)


def free_port():
    with contextlib.closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def service(retain, folder, *options, model="model", started=None):
    """A service on a port of its own: its address. The process is handed to `started`."""
    port = free_port()
    log = open(Path(folder) / f"serve-{port}.log", "w+", encoding="utf-8")
    process = subprocess.Popen([retain, "serve", model, "--port", str(port), *options], cwd=folder, stdout=log, stderr=log)
    if started:
        started(process)
    try:
        for _ in range(600):
            if process.poll() is not None:
                sys.exit(f"the service ended: {Path(log.name).read_text()}")
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        log.close()


class Walk:
    """A browser window, with what must hold on each page."""

    def __init__(self, browser, address, language, width, dark, pictures):
        self.address, self.language, self.pictures = address, language, pictures
        self.name = f"{language} {width} px {'dark' if dark else 'light'}"
        self.tag = f"{language}-{width}-{'dark' if dark else 'light'}"
        self.context = browser.new_context(
            locale=language, viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light",
            reduced_motion="reduce")  # fmt: skip
        self.page = self.context.new_page()
        # Nothing here is held against a clock: a slow machine may take its time.
        self.page.set_default_timeout(180_000)
        self.noise = []
        self.page.on("console", lambda message: message.type in ("error", "warning") and self.noise.append(message.text))
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        self.page.on("request", lambda request: request.url.startswith((address, "data:")) or self.noise.append(request.url))

    def go(self, path):
        self.page.goto(self.address + path)

    def look(self, name, *, expects_error=False):
        """Holds the page that is shown against its rules."""
        found = Axe().run(self.page).response["violations"]
        told = "; ".join(f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found)
        check(not found, f"{self.name}: {name} has no violation of axe-core {told}")
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        check(wide <= 0, f"{self.name}: {name} is not wider than its window ({wide} px)")
        noise = [line for line in self.noise if not (expects_error and "the server responded with a status of" in line)]
        check(not noise, f"{self.name}: {name} is quiet {noise}")
        self.noise.clear()
        if self.pictures:
            self.page.screenshot(path=Path(self.pictures) / f"{name}-{self.tag}.png", full_page=True)

    def campaign(self, name):
        """From the first start, or from the campaigns, to an open list."""
        page, words = self.page, WORDS[self.language]
        self.go("/")
        if words["first"] in page.content():
            self.look("first-steps")
            page.locator("form[action='/desk/simulate'] button").click()
            page.wait_for_url("**/desk/campaigns/new")
        else:
            self.go("/desk/campaigns/new")
        self.look("new-campaign")
        page.fill("input[name=name]", name)
        page.fill("input[name=contacts]", "60")
        page.fill("input[name=hold-out]", "20")
        page.locator("form[action='/desk/campaigns/new'] button[type=submit], form[action='/desk/campaigns/new'] button:not([type])").first.click()
        page.wait_for_load_state()
        self.look("preview")
        page.locator("form[action='/desk/campaigns/draw'] button").first.click()
        page.wait_for_url("**/desk/campaigns/of/**")
        self.look("campaign")

    def work(self, name):
        """Through the list: a customer, what-if, a mark and its undo, whether it was worth it, and the list as a file."""
        page, words = self.page, WORDS[self.language]
        self.go("/")
        check(words["waiting"] in page.content(), f"{self.name}: the list says what is to be done")
        for _ in range(60):
            if page.locator(".queue span.up, .queue span.down").count():
                break
            time.sleep(0.5)
            self.go("/")
        check(page.locator(".queue span.up, .queue span.down").count() > 0, f"{self.name}: reasons come after the list was drawn")
        self.look("today")
        page.locator("table.queue tbody th a").first.click()
        page.wait_for_load_state()
        self.look("today-customer")
        customer = page.locator("#customer h2").first.inner_text()
        self.go(f"/desk/customers/of/{customer}")
        self.look("customer")
        shown = [float(re.sub(r"[^0-9.,\u2212-]", "", text).replace("\u2212", "-").replace(",", ".")) for text in
                 page.locator("table.fall").first.locator("td.number").all_inner_texts()]  # fmt: skip
        check(abs(sum(shown[:-1]) - shown[-1]) < 0.05, f"{self.name}: the waterfall adds up {shown}")
        form = page.locator("form[action*='/what-if']")
        form.locator("summary").first.click()
        form.locator("[name='set.Age']").fill("70")
        page.wait_for_selector("#what-if-result strong")
        self.look("what-if")
        self.go("/")
        before = page.locator("h1").inner_text()
        page.locator("details[name=mark] summary").first.click()
        page.locator("details[name=mark][open] button").first.click()
        page.wait_for_function("before => document.querySelector('h1').innerText !== before", arg=before)
        self.look("marked")
        page.locator("#notice").get_by_role("button", name=words["undo"]).click()
        page.wait_for_function("before => document.querySelector('h1').innerText === before", arg=before)
        check(page.locator("h1").inner_text() == before, f"{self.name}: undo takes the mark back")
        for path, title in (("/desk/worth", "worth"), ("/desk/campaigns", "campaigns"), ("/desk/customers", "customers"),
                            ("/desk/customers?q=1", "search"), ("/desk/model", "model"), ("/desk/runs", "runs"),
                            ("/desk/drift", "drift"), ("/desk/service", "service")):  # fmt: skip
            self.go(path)
            self.look(title)
        self.go("/")
        with page.expect_download() as waiting:
            page.locator("a[download]").first.click()
        lines = Path(waiting.value.path()).read_text(encoding="utf-8").splitlines()
        check(len(lines) == 49, f"{self.name}: the exported list has 48 customers ({len(lines) - 1})")
        self.go("/desk/none")
        self.look("missing", expects_error=True)


def walk_without_script(browser, address):
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto(address + "/")
    before = page.locator("h1").inner_text()
    page.locator("details[name=mark] summary").first.click()
    page.locator("details[name=mark][open] button").first.click()
    check(page.locator("h1").inner_text() != before, "without JavaScript a mark counts")
    page.locator("#notice button").click()
    check(page.locator("h1").inner_text() == before, "without JavaScript it can be taken back")
    context.close()


def marks_of(page):
    """The first form of a list that marks somebody: the mark, and what goes with it."""
    form = page.locator("form:has(details[name=mark])").first
    fields = {name: form.locator(f"[name={name}]").first.get_attribute("value") for name in ("token", "campaign", "seen")}
    fields["mark"] = form.locator("details[name=mark] button").first.get_attribute("value")
    return fields | {"back": "/"}


def walk_together(browser, address):
    """Two people mark the same customer: the first mark stands, the second is told so, and the first hears of it."""
    contexts = [browser.new_context(locale="en", java_script_enabled=False) for _ in range(2)]
    first, second = [context.new_page() for context in contexts]
    first.goto(address + "/")
    second.goto(address + "/")
    for page in (first, second):
        page.locator("details[name=mark] summary").first.click()
    customer = first.locator("table.queue tbody th a").first.inner_text()
    first.locator("details[name=mark][open] button").nth(0).click()
    second.locator("details[name=mark][open] button").nth(1).click()
    told = second.locator("#notice").inner_text()
    check(customer in told and "meanwhile" in told, f"who comes second is told: {told!r}")
    second.goto(address + "/desk/customers/of/" + customer)
    check("set aside" in second.content(), "what came second is kept as set aside")
    for context in contexts:
        context.close()


def walk_killed(browser, retain, folder, database):
    """A service that is killed in the middle of marks has all that it confirmed."""
    running, confirmed = [], []
    context = browser.new_context(locale="en")
    page = context.new_page()
    with service(retain, folder, "--database", database, started=running.append) as address:
        for number in range(12):
            page.goto(address + "/")
            form = marks_of(page)
            if number == 11:
                # Some time within the answer, whichever part of it that is.
                threading.Timer(0.002, running[0].kill).start()
            try:
                answer = context.request.post(address + "/desk/marks", form=form, max_redirects=0)
                if answer.status == 303:
                    confirmed.append(form["mark"].split(" ", 1)[1])
            except PlaywrightError:
                pass
        running[0].kill()
        running[0].wait(30)
    with service(retain, folder, "--database", database) as address:
        for customer in confirmed:
            page.goto(f"{address}/desk/customers/of/{customer}")
            if page.locator(".events li").count() == 0:
                check(False, f"the mark of {customer} outlives the kill")
    check(len(confirmed) >= 11, f"{len(confirmed)} marks were confirmed before the service was killed, and all are there after it")
    context.close()


def walk_wide(browser, address, pictures):
    """A large screen, and paper."""
    walk = Walk(browser, address, "en", 1920, False, pictures)
    for path, name in (("/", "today"), ("/desk/worth", "worth"), ("/desk/model", "model")):
        walk.go(path)
        walk.look(name)
    walk.go("/")
    walk.page.emulate_media(media="print")
    check(not walk.page.locator("nav").first.is_visible(), "on paper there is no navigation")
    walk.look("print")
    walk.context.close()


def walk_access(browser, address, secrets, pictures):
    """Sign-in and sign-out, a wrong key, a session that is over, a forged form."""
    walk = Walk(browser, address, "en", 1440, False, pictures)
    page = walk.page
    walk.go("/desk/service")
    check(page.locator("input[name=key]").count() == 1, "without a session the key is asked for")
    walk.look("sign-in", expects_error=True)
    page.fill("input[name=key]", "rk_wrong")
    page.locator("main button").click()
    walk.look("wrong-key", expects_error=True)
    page.fill("input[name=key]", secrets["ana"])
    page.locator("main button").click()
    check(page.url.endswith("/desk/service"), "the right key leads on to the page that was asked for")
    walk.look("signed-in")
    cookies = walk.context.cookies()
    mine = next(cookie for cookie in cookies if cookie["name"] == "retain_desk")
    check(mine["httpOnly"] and mine["sameSite"] == "Strict", "the session's cookie is HttpOnly and SameSite=Strict")
    status = page.evaluate("""async () => (await fetch('/desk/simulate', {method: 'POST',
        headers: {'Content-Type': 'application/x-www-form-urlencoded'}, body: 'token=forged'})).status""")
    check(status == 403, f"a forged form is refused ({status})")
    walk.noise.clear()
    page.locator("form[action='/desk/sign-out'] button").click()
    walk.context.add_cookies(cookies)
    walk.go("/")
    check(page.locator("input[name=key]").count() == 1, "after the sign-out the old cookie opens nothing")
    walk.noise.clear()
    walk.context.close()
    walk = Walk(browser, address, "en", 1440, False, None)
    walk.go("/")
    walk.page.fill("input[name=key]", secrets["lu"])
    walk.page.locator("main button").click()
    check(walk.page.locator("form[action='/desk/simulate']").count() == 0, "a key that may only read is offered no change")
    walk.context.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("retain", help="the release program")
    parser.add_argument("--short", action="store_true", help="one language and form of each kind")
    parser.add_argument("--pictures", help="a folder for a picture of every page")
    options = parser.parse_args()
    retain = str(Path(options.retain).resolve())
    if options.pictures:
        Path(options.pictures).mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("Chromium is missing: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        def run(*arguments, **more):
            return subprocess.run([retain, *arguments], cwd=folder, check=True, capture_output=True, text=True, **more).stdout

        run("simulate", "--rows", "4000", "--seed", "3", "-o", "known.csv")
        run("init", "known.csv", "--target", "Exited")
        with open(Path(folder) / "retain.yaml", "a", encoding="utf-8") as file:
            file.write("levers:\n  NumOfProducts: {minimum: 1, maximum: 2, step: 1, cost: 5}\n")
        run("train", "known.csv", "--model", "fast", "--output", "model")
        secrets = {}
        for name, scope in (("ana", "desk"), ("lu", "read")):
            secrets[name] = re.search(r"rk_[0-9a-f]+", run("key", name, "--scope", scope, "--file", "keys"))[0]
        forms = [(language, width, dark) for language in WORDS for width in (1440, 390) for dark in (False, True)]
        if options.short:
            forms = [("en", 1440, False), ("pt-BR", 390, True)]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for number, (language, width, dark) in enumerate(forms):
                with service(retain, folder, "--database", f"{number}.db") as address:
                    walk = Walk(browser, address, language, width, dark, options.pictures)
                    name = f"campaign-{number}"
                    walk.campaign(name)
                    walk.work(name)
                    walk.context.close()
                    if number == 0:
                        walk_without_script(browser, address)
                        walk_together(browser, address)
                        walk_wide(browser, address, options.pictures)
            walk_killed(browser, retain, folder, "0.db")
            with service(retain, folder, "--database", "keys.db", "--keys", "keys") as address:
                walk_access(browser, address, secrets, options.pictures)
            browser.close()
    print(f"{len(failures)} failures")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
