"""Kills a service at work again and again, and looks what its prediction log lost.

    kill_service.py PROGRAM MODEL CUSTOMER.json FOLDER ROUNDS

Whatever was answered more than a second before the end must be in retain.db, and the file must be whole.
"""

import json
import random
import sqlite3
import sys
import threading
import time
import urllib.request

from serving import Service

program, model, customer, folder, rounds = sys.argv[1:]
body = open(customer, "rb").read()
random.seed(42)
worst = 0.0
total = 0


def ask(url, answered, isOver):
    while not isOver.is_set():
        try:
            request = urllib.request.Request(f"{url}/predict", body, {"Content-Type": "application/json"})
            answer = json.load(urllib.request.urlopen(request, timeout=5))
            answered.append((time.monotonic(), answer["prediction_id"], answer["churn_probability"]))
        except OSError:
            return


for number in range(int(rounds)):
    answered, isOver = [], threading.Event()
    with Service(program, model, folder) as service:
        threads = [threading.Thread(target=ask, args=(service.url, answered, isOver)) for _ in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(random.uniform(0.3, 1.8))
        end = time.monotonic()
        service.kill()
        isOver.set()
        for thread in threads:
            thread.join()
    database = sqlite3.connect(f"{folder}/retain.db")
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",), f"round {number}: not whole"
    kept = dict(database.execute("SELECT id, probability FROM prediction"))
    database.close()
    for when, name, probability in answered:
        if name in kept:
            assert abs(kept[name] - probability) < 1e-7, f"round {number}: {name} is another"
        else:
            worst = max(worst, end - when)
    assert worst <= 1, f"round {number}: lost what was answered {worst:.2f} s before the end"
    total += len(answered)
print(f"{rounds} kills: {total} answers, the oldest lost one {worst:.2f} s before its end; every file whole")
