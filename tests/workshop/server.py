"""server.py ORGSIM ROOT [--hall | --sliders]: orgsim serve over the network of this machine, asked as browsers do and as nobody should

Without --hall: who is let in, what is refused, requests that are broken, large or slow, event streams, a session that survives kill -9, --lan.
With --hall: 400 event streams, 10,000 requests and hung connections at once; prints how long answers take.
With --sliders: from a slider's new position to new dots, 200 times, for 2 x 2,048 worlds; prints how long that takes.
Needs Python's standard library only. Prints every fault; ends with 1 when there is one.
"""
import http.client
import json
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ORGSIM, ROOT = map(os.path.abspath, sys.argv[1:3])
SCENARIO = os.path.join(ROOT, "scenarios", "workshop")
faults = []


def expect(holds, what):
    if not holds:
        faults.append(what)


def person(n):
    return f"{n:032x}"


class Server:
    """A server on a free port, and requests to it. `lead`, `join`: the printed addresses, as paths."""

    def __init__(self, folder, *options):
        self.process = subprocess.Popen([ORGSIM, "serve", SCENARIO, "--port", "0", *(options or ("-n", "256"))], stdout=subprocess.PIPE, cwd=folder, text=True)
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if line.startswith("Answers"):
                break
        found = re.search(r"Lead it +http://([^:]+):(\d+)(/\S+)", self.said)
        self.name, self.port, self.lead = found[1], int(found[2]), found[3]
        self.join = re.search(r"Join it +http://[^/]+(/\S*)", self.said)[1]

    def ask(self, path, body=None, headers=None, method=None):
        """Status, headers, body as text."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = {"Host": f"{self.name}:{self.port}"}
        if body is not None:
            sent["Content-Type"] = "application/json"
            body = body if isinstance(body, (str, bytes)) else json.dumps(body)
        sent.update(headers or {})
        line.request(method or ("GET" if body is None else "POST"), path, body, sent)
        reply = line.getresponse()
        text = reply.read().decode()
        line.close()
        return reply.status, reply.headers, text

    def status(self, *a, **k):
        return self.ask(*a, **k)[0]

    def raw(self, data, wait=2.0):
        """What comes back for these bytes, until the other side closes or `wait` seconds pass."""
        back = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as line:
            try:
                line.sendall(data)
                while piece := line.recv(65536):
                    back += piece
            except (TimeoutError, ConnectionError):
                pass
        return back.decode(errors="replace")

    def stream(self, n):
        line = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        line.sendall(f"GET {self.join}api/events?person={person(n)} HTTP/1.1\r\nHost: {self.name}:{self.port}\r\n\r\n".encode())
        return line

    def move(self, what, value=0):
        return self.status(f"{self.lead}api/lead?person={person(1)}", {"do": what, "value": value})

    def end(self, how=signal.SIGINT):
        self.process.send_signal(how)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return "did not end"


def read_until(line, words, seconds=10):
    """What a stream says until it has said these words; None when it does not."""
    heard, end = b"", time.monotonic() + seconds
    line.settimeout(seconds)
    try:
        while words.encode() not in heard and time.monotonic() < end:
            piece = line.recv(65536)
            if not piece:
                return None
            heard += piece
    except TimeoutError:
        return None
    return heard.decode()


class Ear:
    """Whole events of a stream."""

    def __init__(self, line):
        self.line, self.rest = line, b""

    def event(self, seconds=20):
        """Name and data of the next one; None when there is none."""
        self.line.settimeout(seconds)
        while b"\n\n" not in self.rest:
            piece = self.line.recv(65536)
            if not piece:
                return None, None
            self.rest += piece
        one, self.rest = self.rest.split(b"\n\n", 1)
        found = re.search(r"^event: (\w+)\ndata: (.*)$", one.decode(), re.M)
        return (found[1], json.loads(found[2])) if found else ("", None)

    def dials(self, seconds=20):
        """The next result for this person's sliders."""
        name = ""
        while name not in ("dials", None):
            name, data = self.event(seconds)
        return data


def the_page(s):
    code, headers, text = s.ask("/")
    expect(code == 200 and "<main" in text, "the page is not served")
    policy = headers["Content-Security-Policy"]
    expect("default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy, f"policy is {policy}")
    for name, value in {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}.items():
        expect(headers[name] == value, f"{name} is {headers[name]}")
    for asset in re.findall(r'(?:href|src)="([a-z.]+\.(?:js|css|svg))"', text):
        code, headers, _ = s.ask("/" + asset)
        expect(code == 200 and not headers["Content-Type"].startswith("application/octet"), f"{asset}: {code} {headers['Content-Type']}")
    for path in ("screen", "host/", "host/screen"):
        expect(s.status("/" + path) == 200, f"/{path} is not served")
    expect(s.ask("/host")[1]["Location"] == "/host/", "/host does not lead to /host/")
    expect(s.ask("/", method="HEAD")[::2] == (200, ""), "HEAD is not answered")


def strangers(s):
    def refused(code, what, *a, **k):
        got = s.status(*a, **k)
        expect(got == code, f"{what}: {got}, not {code}")
    refused(421, "another Host", "/", headers={"Host": "evil.example"})
    refused(421, "another port", "/", headers={"Host": f"127.0.0.1:{s.port + 1}"})
    refused(403, "another Origin", f"/api/answer?person={person(2)}", {"question": "with", "value": 1}, headers={"Origin": "http://evil.example"})
    refused(403, "an Origin that hides", f"/api/answer?person={person(2)}", {"question": "with", "value": 1}, headers={"Origin": "null"})
    refused(403, "a picture on another page", f"/api/state?person={person(2)}", headers={"Sec-Fetch-Site": "cross-site"})
    refused(200, "its own page", f"/api/state?person={person(2)}", headers={"Sec-Fetch-Site": "same-origin"})
    refused(403, "a participant who leads", f"/api/lead?person={person(2)}", {"do": "next"})
    refused(403, "a participant who saves answers", "/api/session.csv")
    refused(415, "a form", f"/api/answer?person={person(2)}", "question=with", headers={"Content-Type": "application/x-www-form-urlencoded"})
    refused(415, "text that looks like JSON", f"/api/answer?person={person(2)}", "{}", headers={"Content-Type": "text/plain"})
    for method in ("PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"):
        refused(405, method, "/", method=method)
    for path in ("/../README.md", "/%2e%2e/README.md", "/..%2f..%2fetc%2fpasswd", "//etc/passwd", "/api/../../x", "/host/../../etc/passwd", "/\\..\\x"):
        refused(404, path, path)
    expect(" 421 " in s.raw(b"GET / HTTP/1.0\r\n\r\n").split("\n")[0], "no Host at all is let in")


def broken(s):
    for body in ("", "{", "[]", "null", '{"question":"with"}', '{"question":"with","value":1e9}', '{"question":"with","value":1,"value":2}', "[" * 4000, b"\xff\xfe", "{\"question\":\"" + "a" * 3000 + "\"}"):
        code = s.status(f"/api/answer?person={person(3)}", body)
        expect(code == 400, f"body {body[:30]!r}: {code}")
    head = f"POST /api/answer?person={person(3)} HTTP/1.1\r\nHost: 127.0.0.1:{s.port}\r\nContent-Type: application/json\r\n".encode()
    expect(" 413 " in s.raw(head + b"Content-Length: 5000000000\r\n\r\n"), "a huge length is not refused")
    expect(" 413 " in s.raw(head + b"Content-Length: 4097\r\n\r\n" + b"x" * 4097), "a body that is too large is not refused")
    chunks = b"".join(b"1000\r\n" + b"x" * 4096 + b"\r\n" for _ in range(2000))
    expect(" 200 " not in s.raw(head + b"Transfer-Encoding: chunked\r\n\r\n" + chunks), "a body without end is taken")
    for data in (b"\0" * 4000, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET " + b"/" * 60000 + b" HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"X: " + b"y" * 60000 + b"\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 20000,
                 head + b"Content-Length: -1\r\n\r\n", head + b"Content-Length: 1e3\r\n\r\n"):
        expect(" 200 " not in s.raw(data), f"is answered: {data[:60]!r}")
    expect(s.status(f"/api/state?person={person(3)}") == 200, "the server does not answer any more")


def streams(s):
    s.move("go", 0)
    lines = [s.stream(100 + n) for n in range(60)]
    for line in lines:
        expect(read_until(line, "event: state") is not None, "a stream does not begin")
    code, _, text = s.ask(f"/api/state?person={person(100)}")
    people = json.loads(text)["state"]["people"]
    expect(code == 200 and people == 60, f"{people} of 60 people are here")
    s.move("next")
    for line in lines:
        expect(read_until(line, '"station":1') is not None, "a stream does not hear of the next station")
    mine = [s.stream(100) for _ in range(6)]
    for line in mine:
        read_until(line, "event: state")
    s.move("next")
    alive = sum(read_until(line, '"station":2', 2) is not None for line in [lines[0], *mine])
    expect(alive == 4, f"{alive} streams of one person, not 4")
    for line in lines + mine:
        line.close()


def sliders(s):
    stations = json.loads(s.ask(f"{s.lead}api/room")[2])["lesson"]
    s.move("go", [station["kind"] for station in stations].index("change"))
    line = s.stream(7)
    read_until(line, "event: state")
    for notch in range(12):
        code, _, text = s.ask(f"/api/dials?person={person(7)}", {"wanted": [notch, 5, 2, 6, 7]})
        expect(code == 200 and json.loads(text)["job"] == notch + 1, f"slider: {code} {text}")
    heard, ear = [], Ear(line)
    while not heard or not (heard[-1]["job"] == 12 and heard[-1]["done"]):
        heard.append(ear.dials())
    expect(heard[-1]["wanted"] == [11, 5, 2, 6, 7] and heard[-1]["worlds"] == 256, f"the newest slider position is not answered: {heard[-1]}")
    jobs = [one["job"] for one in heard]
    expect(jobs == sorted(jobs), "an older position came after a newer one")
    expect(s.status(f"/api/dials?person={person(7)}", {"wanted": [99, 5, 2, 6, 7]}) == 409, "a slider beyond its end")
    line.close()


def slow(s):
    """Heads that never end: others are answered meanwhile."""
    lines = [socket.create_connection(("127.0.0.1", s.port)) for _ in range(200)]
    for line in lines:
        line.sendall(b"GET / HTTP/1.1\r\nHost: ")
    begun = time.monotonic()
    expect(s.status(f"/api/state?person={person(4)}") == 200 and time.monotonic() - begun < 2, "slow heads hold up others")
    return lines


def survives(folder):
    s = Server(folder, "-n", "256", "-o", "killed.session")
    expect(s.status(f"/api/answer?person={person(5)}", {"question": "with", "value": 42}) == 200, "an answer is not taken")
    s.move("go", 4)
    s.end(signal.SIGKILL)
    s = Server(folder, "-n", "256", "-o", "killed.session")
    expect("Goes on    at station 5, with the answers of 1 person; for a new room" in s.said, f"does not say that it goes on: {s.said}")
    text = s.ask(f"/api/state?person={person(5)}")[2]
    expect('"with":42' in text and '"station":4' in text and '"revealed":true' in text, "kill -9 lost something")
    table = s.ask("/host/api/session.csv")[2].splitlines()
    expect(table[0].startswith("person,without,with,") and table[1].startswith("1,,42,"), f"the session as CSV: {table}")
    refused = subprocess.run([ORGSIM, "serve", SCENARIO, "--port", str(s.port)], cwd=folder, capture_output=True, text=True)
    expect(refused.returncode == 1 and "cannot be used" in refused.stderr and "--port" in refused.stderr, f"a port that is taken: {refused.returncode} {refused.stderr}")
    expect(s.end() == 0, "does not end when asked")
    other = subprocess.run([ORGSIM, "serve", os.path.join(ROOT, "scenarios", "startup"), "--port", "0", "-n", "64", "-o", "killed.session"], cwd=folder, capture_output=True, text=True)
    expect(other.returncode == 2 and "another scenario" in other.stderr, f"a session of another scenario: {other.returncode} {other.stderr}")


def lan(folder):
    s = Server(folder, "-n", "256", "--lan", "-o", "lan.session")
    expect(re.fullmatch(r"/[2-9a-zA]{10}/", s.join) and re.fullmatch(r"/[2-9a-zA]{26}/", s.lead), f"tokens: {s.join} {s.lead}")
    expect("\u2588" in s.said or "no QR code" in s.said, "no QR code is printed")
    for path in ("/", "/host/", "/api/state", s.join[:-2] + "/", s.join.swapcase() + "api/room", s.join[:-1] + "x/"):
        expect(s.status(path) == 404, f"{path} is let in")
    expect(s.status(s.join) == 200 and s.status(s.lead) == 200 and s.status(s.join + "screen") == 200, "tokens do not lead to the room")
    expect(s.status(f"{s.join}api/lead?person={person(6)}", {"do": "next"}) == 403, "a participant's token leads")
    expect(s.status(f"{s.join}api/answer?person={person(6)}", {"question": "with", "value": 9}) == 200, "a participant cannot answer")
    lead, join = s.lead, s.join
    s.end()
    s = Server(folder, "-n", "256", "--lan", "-o", "lan.session")
    expect((s.lead, s.join) == (lead, join), "links change with a restart")
    s.end()


def usual(folder):
    s = Server(folder)
    hung = slow(s)
    for check in (the_page, strangers, broken, streams, sliders):
        check(s)
    for line in hung:
        line.close()
    expect(s.process.poll() is None, f"the server ended: {s.process.returncode}")
    expect(s.end() == 0, "does not end when asked")
    expect(os.path.exists(os.path.join(folder, "orgsim-results", "workshop.session")), "the session is not where it is said")
    survives(folder)
    lan(folder)


def hall(folder):
    s = Server(folder)
    hung = slow(s)
    hung_at = time.monotonic()
    lines = [s.stream(1000 + n) for n in range(400)]
    for line in lines:
        expect(read_until(line, "event: state", 30) is not None, "a stream does not begin")
    drains = threading.Event()

    def drain():
        while not drains.is_set():
            for line in lines:
                line.settimeout(0)
                try:
                    line.recv(1 << 20)
                except (BlockingIOError, TimeoutError):
                    pass
            time.sleep(0.02)

    times, lock = [], threading.Lock()

    def asks(first):
        kept = []
        for n in range(1000):
            who = person(1000 + (first + n) % 400)
            begun = time.monotonic()
            code = s.status(f"/api/answer?person={who}", {"question": "with", "value": n % 51}) if n % 2 else s.status(f"/api/state?person={who}")
            kept.append((time.monotonic() - begun, code))
        with lock:
            times.extend(kept)

    reader = threading.Thread(target=drain)
    reader.start()
    begun = time.monotonic()
    askers = [threading.Thread(target=asks, args=(40 * k,)) for k in range(10)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    took = time.monotonic() - begun
    drains.set()
    reader.join()
    median, most = (1000 * x for x in (statistics.median(t for t, _ in times), max(t for t, _ in times)))
    print(f"{len(times)} requests of 10 clients beside 400 event streams and 200 hung connections: {took:.1f} s, median {median:.1f} ms, longest {most:.0f} ms")
    expect(median < 100, f"the median answer takes {median:.0f} ms")
    expect(all(code in (200, 429) for _, code in times), f"answers: {sorted({code for _, code in times})}")
    expect(sum(code == 200 for _, code in times) > 5000, "most are refused")
    time.sleep(max(0, hung_at + 32 - time.monotonic()))
    closed = 0
    for line in hung:
        line.settimeout(0.2)
        try:
            closed += line.recv(4096) == b"" or line.recv(4096) == b""
        except (TimeoutError, ConnectionError):
            pass
    expect(closed > 190, f"{closed} of 200 hung connections were closed after half a minute")
    for line in lines + hung:
        line.close()
    expect(s.end() == 0, "does not end when asked")


def sliders_timed(folder):
    """Positions that nobody asked for before, one after the other, over HTTP and its stream of events as a browser has them."""
    luck, s = random.Random(1), Server(folder, "-n", "2048")
    facts = json.loads(s.ask(f"{s.lead}api/room")[2])
    s.move("go", [station["kind"] for station in facts["lesson"]].index("change"))
    time.sleep(3)  # stories of the lesson are lived in the beginning
    line, first, last, asked = s.stream(7), [], [], set()
    ear = Ear(line)
    while len(last) < 200:
        wanted = tuple(luck.randrange(len(dial["values"])) for dial in facts["dials"])
        if wanted in asked:
            continue
        asked.add(wanted)
        begun = time.perf_counter()
        job = json.loads(s.ask(f"/api/dials?person={person(7)}", {"wanted": wanted})[2]).get("job")
        result = ear.dials()
        first.append(time.perf_counter() - begun)
        while "refused" not in result and not (result["job"] == job and result["done"]):
            result = ear.dials()
        last.append(time.perf_counter() - begun)
        time.sleep(0.05)
    for what, times in ("first dots", first), ("all 2 x 2,048 worlds", last):
        times = sorted(1000 * x for x in times)
        print(f"slider to {what}: median {times[100]:.0f} ms, p95 {times[190]:.0f} ms, longest {times[-1]:.0f} ms ({os.cpu_count()} processors, load {os.getloadavg()[0]:.1f})")
    line.close()
    expect(s.end() == 0, "does not end when asked")


with tempfile.TemporaryDirectory() as folder:
    (hall if "--hall" in sys.argv else sliders_timed if "--sliders" in sys.argv else usual)(folder)
for fault in faults:
    print("FAULT:", fault)
sys.exit(1 if faults else 0)
