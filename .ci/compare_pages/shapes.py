"""Addresses of one shape, and which of them are opened."""

import hashlib
import re
import urllib.parse


class Shapes:
    """The route of an address, from `tuogou routes`; numbers where that knows none."""

    def __init__(self, table):
        lines = (line.split() for line in table.splitlines())
        paths = {words[1] for words in lines if len(words) > 1 and words[0] == "GET"}
        # A path that is written out comes before one with a parameter in its place.
        self.routes = sorted((path.strip("/").split("/") for path in paths),
                             key=lambda parts: [part.startswith("{") for part in parts])

    def all(self):
        """Every route of a page."""
        return {"/" + "/".join(route) for route in self.routes}

    def of(self, address):
        """Its route, and the names in its query."""
        path, _, query = address.partition("?")
        parts = path.strip("/").split("/")
        shape = next((route for route in self.routes if len(route) == len(parts) and all(
            ours == theirs or ours.startswith("{") for ours, theirs in zip(route, parts))), None)
        if shape is None:
            shape = ["N" if part.isdigit() else part for part in parts]
        keys = sorted({key for key, _ in urllib.parse.parse_qsl(query, True)})
        return "/" + "/".join(shape) + ("?" + "&".join(keys) if query else "")


def association_of(address):
    """Its number, where an address belongs to one."""
    found = re.match(r"/associations/(\d+)(?:[/?]|$)", address)
    return int(found[1]) if found else None


def spread(word):
    """An order that is the same in each run and has little to do with the numbers."""
    return hashlib.sha256(str(word).encode()).hexdigest()


def local(href, base):
    """The address that a link leads to, if it is a page of this site."""
    url = urllib.parse.urlsplit(urllib.parse.urljoin(f"http://site{base}", href))
    if url.scheme != "http" or url.netloc != "site":
        return None
    if re.search(r"\.(docx|xlsx|zip|pdf|csv|txt|js|css)$|/files/\d+$|^/logout|^/static/", url.path):
        return None
    return url.path + (f"?{url.query}" if url.query else "")
