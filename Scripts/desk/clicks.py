"""Users of Locust who click through the desk: `load.sh` runs them."""

import html
import random
import re

from locust import HttpUser, between, task

TOKEN = re.compile(r'name="token" value="([^"]+)"')
CUSTOMER = re.compile(r'href="/desk/customers/of/([^"?#/]+)"')
MARK = re.compile(r'name="mark" value="((?:accepted|declined|unreached) [^"]+)"')
SEEN = re.compile(r'name="seen" value="(\d+)"')


class Person(HttpUser):
    """Looks at the list, opens customers, asks what would help, marks, and looks at the rest."""

    wait_time = between(0.5, 2)
    page = ""

    def look(self, path, name):
        self.page = self.client.get(path, name=name, headers={"Accept-Language": self.language}).text

    def on_start(self):
        self.language = random.choice(["en", "pt-BR"])
        self.look("/", "Today")

    @task(6)
    def today(self):
        self.look(random.choice(["/", "/?page=2", "/?order=risk", "/?state=waiting", "/?q=1"]), "Today")

    @task(6)
    def customer(self):
        self.look("/", "Today")
        if found := CUSTOMER.findall(self.page):
            customer = random.choice(found)
            self.look(f"/desk/customers/of/{customer}", "Customer")
            if token := TOKEN.search(self.page):
                form = {"token": token[1], "set.Age": str(random.randint(20, 80)), "back": "/"}
                self.client.post(f"/desk/customers/of/{customer}/what-if", form, name="What if")

    @task(4)
    def mark(self):
        self.look("/?state=waiting", "Today")
        marks, token, seen = MARK.findall(self.page), TOKEN.search(self.page), SEEN.search(self.page)
        campaign = re.search(r'name="campaign" value="([^"]+)"', self.page)
        if marks and token and seen and campaign:
            word = html.unescape(random.choice(marks))
            form = {"token": token[1], "campaign": campaign[1], "seen": seen[1], "back": "/", "mark": word}
            self.client.post("/desk/marks", form, name="Mark")

    @task(2)
    def search(self):
        self.look(f"/desk/customers?q={random.randint(1, 99)}", "Customers")

    @task(1)
    def worth(self):
        self.look("/desk/worth", "Worth it?")

    @task(1)
    def rest(self):
        for path in ("campaigns", "model", "drift", "service"):
            self.look(f"/desk/{path}", path.capitalize())
