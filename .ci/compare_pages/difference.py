"""What differs between two captures, each difference once."""

import collections
import difflib
import pathlib
import re

from . import record
from .shapes import Shapes

# Lines of one difference that are shown.
LONGEST = 40
# Letters that two lines must share to be told as one line changed in a part.
ALIKE = 6


class Found:
    """Where one difference was found, and how it looks there first."""

    def __init__(self, shown):
        self.shown, self.places = shown, []


def masked(line):
    """Forms and links of two associations differ in their numbers only."""
    return re.sub(r"(?<=[a-zN]/)\d+|(?<==)\d+", "N", line)


def middles(old, new):
    """What differs within a line, without the beginning and the end that are alike."""
    most = min(len(old), len(new))
    begin = next((i for i in range(most) if old[i] != new[i]), most)
    rest = most - begin
    end = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    if begin + end < ALIKE:
        return old, new
    return old[begin:len(old) - end], new[begin:len(new) - end]


def differences(kind, before, after):
    """Each difference of two pages: what makes it the same elsewhere, how it looks."""
    if kind != "text":
        before, after = [masked(line) for line in before], [masked(line) for line in after]
    if kind == "links":
        # Rows of a list lead to many addresses of one shape.
        before, after = sorted(set(before)), sorted(set(after))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        old, new = before[old_from:old_to], after[new_from:new_to]
        if tag == "equal":
            continue
        if tag == "replace" and len(old) == len(new):
            for one, other in zip(old, new):
                yield ("part", *middles(one, other)), [f"-{one}", f"+{other}"]
            continue
        above = [f" {before[old_from - 1]}"] if old_from and kind != "links" else []
        changed = [f"-{line}" for line in old] + [f"+{line}" for line in new]
        yield tuple(changed), above + changed


def names(words, most=6):
    """A few of many."""
    words = sorted(set(words))
    more = f" and {len(words) - most} more" if len(words) > most else ""
    return ", ".join(words[:most]) + more


class Comparison:
    """Two captures, read."""

    def __init__(self, before, after, role, examples):
        self.folders = (before, after)
        self.before, self.after = record.read(before), record.read(after)
        table = "".join((pathlib.Path(folder) / "routes.txt").read_text() for folder in self.folders)
        self.shapes, self.examples = Shapes(table), examples
        known = sorted(set(self.before) | set(self.after))
        self.accounts = [name for name in known if role in (None, name)]
        self.count = 0

    def grouped(self, title, found):
        """Prints addresses by shape: how many, for whom, and an example."""
        groups = collections.defaultdict(list)
        for account, address, what in found:
            groups[(self.shapes.of(address), what)].append((account, address))
        self.count += len(groups)
        if groups:
            print(f"\n# {title}")
        for (shape, what), places in sorted(groups.items()):
            who = names((account for account, _ in places), 40)
            which = names((address for _, address in places), self.examples)
            print(f"{shape}{what}: {len(places)}\n    as {who}\n    {which}")

    def addresses(self):
        """What came, what went, what answers otherwise."""
        for account in set(self.before) ^ set(self.after):
            self.count += 1
            print(f"only in {self.folders[account in self.after]}: {account}")
        gone, came, other = [], [], []
        for account in self.accounts:
            old, new = (record.linked(folder, account) for folder in self.folders)
            after = self.after.get(account, {})
            for address in old - new:
                status = after[address].status if address in after else "not opened"
                gone.append((account, address, f" (now {status})"))
            came += [(account, address, "") for address in new - old]
            for address, page in self.before.get(account, {}).items():
                if address in after and after[address].status != page.status:
                    other.append((account, address, f" {page.status} -> {after[address].status}"))
        self.grouped("No longer linked", gone)
        self.grouped("Newly linked", came)
        self.grouped("Other status", other)

    def pages(self, kind):
        """The differences of one kind, those of most pages first."""
        found = {}
        for account in self.accounts:
            after = self.after.get(account, {})
            for address, page in self.before.get(account, {}).items():
                if address not in after:
                    continue
                old, new = getattr(page, kind), getattr(after[address], kind)
                if old == new:
                    continue
                for key, shown in differences(kind, old, new):
                    found.setdefault(key, Found(shown)).places.append((account, address))
        self.count += len(found)
        if found:
            print(f"\n# Differences of {kind}: {len(found)}")
        for each in sorted(found.values(), key=lambda each: -len(set(each.places))):
            self.tell(each)

    def tell(self, found):
        places = sorted(set(found.places))
        accounts = names((account for account, _ in places), 40)
        shapes = names(self.shapes.of(address) for _, address in places)
        again = len(found.places) - len(places)
        print(f"\n@@ {len(places)} pages" + (f", {again} times more on them" if again else ""))
        print(f"   {shapes}\n   as {accounts}")
        print("   e.g. " + "; ".join(f"{who} {address}" for who, address in places[:self.examples]))
        print("\n".join(found.shown[:LONGEST]))
        if len(found.shown) > LONGEST:
            print(f"… {len(found.shown) - LONGEST} lines more")


def diff(args):
    """Prints the differences; how the command ends."""
    compared = Comparison(args.before, args.after, args.role, args.examples)
    if args.only in (None, "addresses"):
        compared.addresses()
    for kind in record.KINDS:
        if args.only in (None, kind):
            compared.pages(kind)
    both = sum(len(set(pages) & set(compared.after.get(account, {})))
               for account, pages in compared.before.items() if account in compared.accounts)
    print(f"\n{both} pages compared, {compared.count} differences")
    return 1 if compared.count else 0
