"""Load for `retain serve` as people make it: each user asks, reads the answer, thinks, and asks again.

    locust --headless -u 500 -r 100 -t 60s -H http://127.0.0.1:8080

The customers come from the CSV file that RETAIN_CUSTOMERS names; `make load` does all of it.
"""

import csv
import os
import random

from locust import HttpUser, between, task


def read_customers(path):
    """Rows with numbers as numbers; the first thousand are enough for variety."""

    def value(text):
        try:
            return float(text)
        except ValueError:
            return text

    with open(path) as file:
        return [{name: value(text) for name, text in row.items()} for _, row in zip(range(1000), csv.DictReader(file))]


customers = read_customers(os.environ["RETAIN_CUSTOMERS"])


class RetentionApplication(HttpUser):
    wait_time = between(0.5, 2.5)

    def ask(self, body, name, probabilities):
        with self.client.post("/predict", json=body, name=name, catch_response=True) as response:
            if response.status_code != 200:
                response.failure(f"status {response.status_code}: {response.text[:200]}")
            elif not all(0 <= value <= 1 for value in probabilities(response.json())):
                response.failure(f"no probability: {response.text[:200]}")

    @task(20)
    def one(self):
        self.ask(random.choice(customers), "/predict (one)", lambda answer: [answer["churn_probability"]])

    @task(1)
    def many(self):
        self.ask(
            random.sample(customers, 20),
            "/predict (twenty)",
            lambda answer: [prediction["churn_probability"] for prediction in answer["predictions"]],
        )
