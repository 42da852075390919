"""How a page is kept: one file for each account and address."""

import collections
import pathlib
import urllib.parse

from .shapes import spread

KINDS = ("text", "forms", "links")
Kept = collections.namedtuple("Kept", ("status", *KINDS))


def write(folder, head, parts):
    """`head` begins with the address and the status; `parts` are the lines of KINDS."""
    address = head[0].split(" ", 1)[1]
    lines = list(head)
    for kind, part in zip(KINDS, parts):
        lines += [f"== {kind}", *part]
    name = urllib.parse.quote(address, safe="")
    # The file system takes 255 bytes.
    if len(name) > 200:
        name = name[:180] + "~" + spread(address)[:12]
    (folder / f"{name}.page").write_text("\n".join(lines) + "\n")


def read(folder):
    """All pages of a capture: account, address, page."""
    pages = {}
    for account in sorted(path for path in pathlib.Path(folder).iterdir() if path.is_dir()):
        pages[account.name] = {}
        for file in account.glob("*.page"):
            address, kept = one(file.read_text().splitlines())
            pages[account.name][address] = kept
    return pages


def one(lines):
    starts = [lines.index(f"== {kind}") for kind in KINDS]
    head, ends = lines[:starts[0]], [*starts[1:], len(lines)]
    parts = [lines[start + 1:end] for start, end in zip(starts, ends)]
    # A redirect is told with where it leads.
    status = " ".join(line.split(" ", 1)[1] for line in head[1:])
    return head[0].split(" ", 1)[1], Kept(status, *parts)


def linked(folder, account):
    """What is linked for an account from any page that was opened."""
    file = pathlib.Path(folder) / account / "linked.txt"
    return set(file.read_text().splitlines()) if file.exists() else set()
