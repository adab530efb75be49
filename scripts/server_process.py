"""A `lagebild serve` of its own for measurements and trials: started, asked, told to reload, killed; how much processor time and
memory it took. Standard library only. Used by `load-server` and `soak-server`."""

import http.client
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import time

TICKS = os.sysconf("SC_CLK_TCK")

# Sentences of an invented article; `{}` is a name of a list.
SENTENCES = [
    "Officials said on Tuesday that {} had met a delegation in the capital.",
    "The ministry declined to comment on the reports, which it called unfounded.",
    "According to two people familiar with the talks, {} asked for spare parts and fuel.",
    "Grain prices rose for the third week, while traders waited for news from the port.",
    "A spokesman for {} rejected the claim and pointed to an earlier statement.",
    "The vessel left the harbour on 3 March 2024 and turned off its transponder the next day.",
    "Analysts expect that the council will return to the question in the autumn.",
    "North Korea may supply Russia with artillery shells, the paper wrote, citing {}.",
    "In the north of the country, farmers complained about the late rain and the cost of seed.",
    "The bank froze the accounts of {} after the list was published.",
]


class Server:
    """A running server. `log` holds what it writes to standard error."""

    def __init__(self, program, lists, log, *more):
        self.log = pathlib.Path(log)
        command = [str(program), "serve", "--listen", "127.0.0.1:0", "--quiet", "--lists", str(lists), *more]
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(command, stderr=out, stdout=subprocess.DEVNULL)
        self.pid = self.process.pid
        self.port = self._port()

    def _port(self):
        for _ in range(1200):
            found = re.search(r"Listening on http://127\.0\.0\.1:(\d+)", self.log.read_text(errors="replace"))
            if found:
                return int(found[1])
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise SystemExit(f"the server did not start:\n{self.log.read_text(errors='replace')}")

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def wait_ready(self, seconds=120):
        """Waits until text search and spotting are made."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if ask(self.port, "GET", "/readyz")[0] == 200:
                return
            time.sleep(0.1)
        raise SystemExit("the server is not ready in time")

    def cpu(self):
        """Seconds of processor time that the process has taken."""
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self):
        """Resident memory in MB."""
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def reload(self):
        self.process.send_signal(signal.SIGHUP)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Ends it in order."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=40)


def ask(port, method, path, body=None, kind="application/json", connection=None):
    """Status, headers (names in small letters) and body of one request."""
    own = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": kind} if body is not None else {}
    own.request(method, path, body=body.encode() if isinstance(body, str) else body, headers=headers)
    answer = own.getresponse()
    read = (answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    if connection is None:
        own.close()
    return read


def parties(store):
    """Schema and names of all parties of the newest version of each list of a store."""
    for versions in sorted(pathlib.Path(store).glob("*/versions.json")):
        newest = json.loads(versions.read_text())[-1]
        for file in versions.parent.glob(f"{newest['hash'][:16]}*.jsonl"):
            for line in file.open(encoding="utf-8"):
                party = json.loads(line)
                names = [name["full"] for name in party.get("names", [])]
                if names:
                    yield party["schema"], names


def match_body(schema, name):
    """A batch of one query."""
    return json.dumps({"queries": {"q": {"schema": schema, "properties": {"name": [name]}}}}, ensure_ascii=False)


def article(draw, names, words):
    """An invented text of about so many words, with listed names in it."""
    text = []
    while sum(len(sentence.split()) for sentence in text) < words:
        text.append(draw.choice(SENTENCES).format(draw.choice(names)))
    return "\n\n".join(" ".join(text[at : at + 4]) for at in range(0, len(text), 4))


def drawn(seed=21):
    """The same numbers with every run."""
    return random.Random(seed)
