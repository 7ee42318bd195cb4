"""Takes the pictures of the desk that README and docs/desk.md show: `make picture`.

The demo's model; simulated customers whose answers to a call are known; one campaign of 95 days ago, so that its worth can
be told, and one of today, half worked through. `faketime` plays the earlier day.
"""

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright
from walk import service

MODEL = "models:/churn@champion"
# A page, its address, the height that is shown, and what is done before.
PAGES = [
    ("today", "/", 900), ("campaigns", "/desk/campaigns", 560), ("new-campaign", "/desk/campaigns/new", 900),
    ("campaign", "/desk/campaigns/of/autumn", 900), ("worth", "/desk/worth/summer", 1000), ("customers", "/desk/customers", 900),
    ("model", "/desk/model", 1500), ("runs", "/desk/runs", 700), ("drift", "/desk/drift", 800), ("service", "/desk/service", 900),
]  # fmt: skip


def prepare(retain, folder):
    """A model, a finished campaign and an open one."""
    def run(*arguments, before=()):
        done = subprocess.run([*before, retain, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            sys.exit(f"retain {' '.join(arguments)}: {done.stderr}")

    run("simulate", "--rows", "10000", "--seed", "42", "-o", "known.csv")
    run("init", "known.csv", "--target", "Exited")
    with open(Path(folder) / "retain.yaml", "a", encoding="utf-8") as file:
        file.write("levers:\n  NumOfProducts: {minimum: 1, maximum: 2, step: 1, cost: 5}\n  IsActiveMember: {levels: [1], cost: 3}\n")
    run("train", "known.csv", "--model", "seed", "--register", "churn", "--output", "older")
    run("train", "known.csv", "--register", "churn", "--output", "model")
    run("simulate", "--rows", "4000", "--seed", "5", "-o", "labelled.csv")
    run("models", "promote", "churn", "1", "--data", "labelled.csv")
    run("models", "promote", "churn", "2", "--data", "labelled.csv")
    past = ["faketime", "-f", "-95d"]
    run("simulate", "--rows", "6000", "--seed", "7", "-o", "customers.csv")
    run("score", MODEL, "customers.csv", "--database", "retain.db", "-o", "then.csv", before=past)
    run("campaign", "plan", "summer", MODEL, "--scored", "then.csv", "--contacts", "600", "--hold-out", "0.25",
        "--database", "retain.db", "-o", "list.csv", before=past)  # fmt: skip
    run("simulate", "--rows", "6000", "--seed", "7", "--treatment", "list.csv", "--held-out", "summer.held-out.csv",
        "--effect", "0.5", "--outcomes", "outcomes.csv", before=past)  # fmt: skip
    run("outcomes", "outcomes.csv", "--database", "retain.db")
    run("campaign", "close", "summer", "--database", "retain.db")
    run("simulate", "--rows", "4000", "--seed", "8", "-o", "today.csv")
    run("score", MODEL, "today.csv", "--database", "retain.db", "-o", "now.csv")
    run("simulate", "--rows", "4000", "--seed", "8", "--shift", "Age=+4", "-o", "asked.csv")


def ask(folder, address):
    """Some thousands of predictions of somewhat older customers, so that there is traffic and drift to show."""
    with open(Path(folder) / "asked.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for first in range(0, len(rows), 100):
        body = json.dumps(rows[first : first + 100]).encode()
        request = urllib.request.Request(address + "/predict", body, {"Content-Type": "application/json"})
        urllib.request.urlopen(request).read()
        time.sleep(0.1)


def campaign(page, address, picture):
    """Plans the open campaign by hand, and marks some of its customers."""
    page.goto(address + "/desk/campaigns/new")
    page.fill("input[name=name]", "autumn")
    page.fill("input[name=contacts]", "250")
    page.fill("input[name=hold-out]", "20")
    page.locator("form[action='/desk/campaigns/new'] button.main").click()
    page.wait_for_load_state()
    picture("preview", 900)
    page.locator("form[action='/desk/campaigns/draw'] button").first.click()
    page.wait_for_url("**/desk/campaigns/of/**")
    for _ in range(120):
        page.goto(address + "/?page=4")
        if page.locator(".queue span.up, .queue span.down").count():
            break
        time.sleep(0.5)
    for place in (0, 1, 2):
        page.goto(address + "/")
        before = page.locator("h1").inner_text()
        page.locator("details[name=mark] summary").first.click()
        page.locator("details[name=mark][open] button").nth(place).click()
        page.wait_for_function("before => document.querySelector('h1').innerText !== before", arg=before)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("retain", help="the release program")
    parser.add_argument("folder", help="where the pictures go")
    options = parser.parse_args()
    retain, target = str(Path(options.retain).resolve()), Path(options.folder).resolve()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium or not shutil.which("faketime"):
        sys.exit("Chromium or faketime is missing: apt-get install chromium faketime")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        prepare(retain, folder)
        with service(retain, folder, "--database", "fresh.db") as address:
            page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en", reduced_motion="reduce")
            page.goto(address + "/")
            page.screenshot(path=target / "desk-first-steps.png")
        options = ["--database", "retain.db", "--drift-window", "2000", "--drift-every", "1"]
        with service(retain, folder, *options, model=MODEL) as address:
            ask(folder, address)
            for language, suffix in (("en", ""), ("pt-BR", ".pt-BR")):
                page = browser.new_page(viewport={"width": 1280, "height": 900}, locale=language, reduced_motion="reduce")

                def picture(name, height):
                    page.set_viewport_size({"width": 1280, "height": height})
                    page.screenshot(path=target / f"desk-{name}{suffix}.png")

                if language == "en":
                    campaign(page, address, picture)
                for name, path, height in PAGES if language == "en" else PAGES[:1]:
                    page.goto(address + path)
                    picture(name, height)
                page.goto(address + "/")
                name = page.locator("table.queue tbody th a").nth(3).inner_text()
                page.goto(f"{address}/desk/customers/of/{name}")
                picture("customer", 1000)
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
