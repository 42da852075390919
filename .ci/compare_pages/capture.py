"""The pages of a program, opened as every account of the demonstration."""

import collections
import http.client
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import urllib.parse

from . import record
from .page import Page, normal
from .shapes import Shapes, association_of, local, spread

PASSWORD = "tuogou-compare"
WORKED_EXAMPLE = "汽车维修行业协会"
# Addresses opened of one shape: within an association, outside, and with a query.
SHAPE_LIMIT = {"association": 6, "other": 12, "query": 4}
# Pages of one account; no crawl goes on for ever.
MOST = 1500


class Program:
    """A running program on a fresh demonstration."""

    def __init__(self, binary):
        self.folder = tempfile.mkdtemp(prefix="tuogou-compare-")
        # As root, the cluster runs under another account, which must get there.
        os.chmod(self.folder, 0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        kept = {key: value for key, value in os.environ.items()
                if not key.startswith("TUOGOU_") and key not in ("DATABASE_URL", "RUST_LOG")}
        env = kept | {"TUOGOU_DATA_DIR": f"{self.folder}/data", "TUOGOU_DEMO": "yes",
                      "TUOGOU_LISTEN": f"127.0.0.1:{self.port}", "RUST_LOG": "warn",
                      "TUOGOU_DEMO_PASSWORD": PASSWORD}
        self.child = subprocess.Popen([binary, "serve"], env=env, cwd=self.folder, text=True,
                                      stdout=subprocess.PIPE, start_new_session=True)
        self.accounts, self.today, announced = [], "", False
        for line in self.child.stdout:
            if "演示账号" in line:
                announced = True
            elif announced and line.startswith("  "):
                self.accounts.append(line.split()[0])
            elif "http://" in line:
                self.today = "|".join(re.findall(r"\d{4}-\d\d-\d\d", line))
                # What nobody reads would fill the pipe.
                threading.Thread(target=self.child.stdout.read, daemon=True).start()
                return
        self.stop()
        raise SystemExit(f"{binary} did not start")

    def stop(self):
        self.child.terminate()
        self.child.wait(timeout=120)
        shutil.rmtree(self.folder)

    def ask(self, method, address, cookie, body=None):
        headers = {"Sec-Fetch-Site": "same-origin", "Cookie": cookie}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, address, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content

    def sign_in(self, account):
        fields = {"username": account, "password": PASSWORD, "next": "/"}
        answer, _ = self.ask("POST", "/login", "", urllib.parse.urlencode(fields))
        if answer.status != 303:
            raise SystemExit(f"{account} cannot sign in: {answer.status}")
        return answer.getheader("Set-Cookie").split(";")[0]


class Crawl:
    """The pages of one account."""

    def __init__(self, program, shapes, folder, cookie):
        self.program, self.shapes, self.folder, self.cookie = program, shapes, folder, cookie
        self.done, self.opened = {}, collections.Counter()
        self.linked, self.waiting = set(), {"/"}
        self.example, self.at_hand, self.chosen = None, set(), set()

    def open(self, address):
        answer, content = self.program.ask("GET", address, self.cookie)
        head = [f"address {address}", f"status {answer.status}"]
        page, kind = Page(), answer.getheader("Content-Type") or ""
        if answer.getheader("Location"):
            head.append("location " + answer.getheader("Location"))
            page.links.append((answer.getheader("Location"), "", False))
        elif kind.startswith("text/html"):
            page.feed(content.decode())
            page.end_line()
        self.done[address] = answer.status
        links = set()
        for href, text, download in page.links:
            target = local(href, address)
            links.add(f"{href}  {text}" if target is None or download else f"{target}  {text}")
            # Filters of filtered lists have no end.
            if target is None or download or ("?" in target and "?" in address):
                continue
            self.linked.add(target)
            self.waiting.add(target)
            if address == "/":
                self.at_hand.add(association_of(target))
            if text.endswith(WORKED_EXAMPLE) and association_of(target):
                self.example = association_of(target)
        head, *parts = ([normal(line, self.program.today) for line in lines] for lines in
                        (head, page.lines, page.form_lines(), sorted(links)))
        record.write(self.folder, head, parts)

    def fits(self, address):
        """Whether there is still room for an address of this shape."""
        number = association_of(address)
        kind = "query" if "?" in address else "association" if number else "other"
        place = (self.shapes.of(address), number if kind == "association" else None)
        # Associations are chosen by themselves.
        if place[0].count("/") == 2 and kind == "association":
            return True
        self.opened[place] += 1
        return self.opened[place] <= SHAPE_LIMIT[kind]

    def follow(self):
        """Opens what is linked, level by level, until nothing new is found."""
        while len(self.done) < MOST:
            level = [a for a in self.waiting if association_of(a) in self.chosen | {None}]
            self.waiting.difference_update(level)
            level = [address for address in level if address not in self.done]
            if not level:
                return
            for address in sorted(level, key=lambda address: ("?" in address, spread(address))):
                if self.fits(address):
                    self.open(address)

    def run(self, associations):
        """All but associations; then some of those that were found, always the same."""
        self.follow()
        known = {association_of(address) for address in self.linked}
        # Where the account has something to do, there are forms.
        for some in (known, self.at_hand):
            self.chosen.update(sorted(some - {None}, key=spread)[:associations])
        self.chosen.update({self.example} - {None})
        self.follow()
        links = "".join(f"{address}\n" for address in sorted(self.linked))
        (self.folder / "linked.txt").write_text(links)

    def dead(self):
        """What a link leads to though it is no page for this account."""
        return sorted(f"{status} {address}" for address, status in self.done.items()
                      if status >= 400 and address in self.linked)


def crawls(program, shapes, folder):
    """One for each account, and one for nobody."""
    # All sign in first: the list of sign-ins is then the same for everybody.
    cookies = {"nobody": ""} | {name: program.sign_in(name) for name in program.accounts}
    for name, cookie in cookies.items():
        (folder / name).mkdir()
        yield name, Crawl(program, shapes, folder / name, cookie)


def capture(args):
    """Runs the program and writes what its pages say."""
    folder = pathlib.Path(args.folder)
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty")
    binary = str(pathlib.Path(args.binary).resolve())
    table = subprocess.run([binary, "routes"], text=True, stdout=subprocess.PIPE, check=True).stdout
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "routes.txt").write_text(table)
    also = record.read(args.also) if args.also else {}
    shapes, began, program = Shapes(table), time.monotonic(), Program(binary)
    try:
        done = dict(crawls(program, shapes, folder))
        for name, crawl in done.items():
            crawl.run(args.associations)
            print(f"{name}: {len(crawl.done)} pages", *crawl.dead(), sep="\n  ", flush=True)
        # At the end: what is refused stands in the audit records that others read.
        for name, crawl in done.items():
            for address in sorted(set(also.get(name, {})) - set(crawl.done)):
                crawl.open(address)
    finally:
        program.stop()
    opened = {shapes.of(address).split("?")[0] for crawl in done.values() for address in crawl.done}
    print("never opened:", *sorted(shapes.all() - opened), sep="\n  ")
    total = sum(len(crawl.done) for crawl in done.values())
    print(f"{total} pages of {len(done)} accounts in {time.monotonic() - began:.0f} s")
