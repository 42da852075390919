"""What a person reads on a page: its text, its forms, its links."""

import html.parser
import re

SKIPPED = {"script", "style", "svg", "template", "noscript"}
CELLS = {"td", "th"}
INLINE = {"a", "abbr", "b", "code", "em", "i", "label", "mark", "small", "span", "strong",
          "sub", "sup", "time", "option", "data", "u", "bdi", "cite", "del", "ins", "q", "wbr"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Page(html.parser.HTMLParser):
    """Text, forms and links of one page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.line = [], ""
        self.links, self.forms = [], []
        self.skipping, self.rows = 0, 0
        self.anchor = self.form = self.select = self.caught = None

    def end_line(self):
        text = " ".join(self.line.split())
        if text:
            self.lines.append(text)
        self.line = ""

    def break_text(self):
        """A block inside a row of a table is a part of the row's line."""
        if self.rows:
            self.line += " "
        else:
            self.end_line()

    def field(self, attrs, what):
        form = self.form
        if attrs.get("form"):
            form = next((f for f in self.forms if f["id"] == attrs["form"]), form)
        if form is not None:
            form["fields"].append(what)

    def handle_starttag(self, tag, pairs):
        attrs = {name: value or "" for name, value in pairs}
        if tag in SKIPPED:
            self.skipping += 1
        if self.skipping:
            return
        if tag in CELLS:
            self.line += " | "
        elif tag not in INLINE and tag not in ("input", "select", "textarea", "button"):
            self.break_text()
        if re.fullmatch("h[1-6]", tag):
            self.line += "#" * int(tag[1]) + " "
        opened = getattr(self, "open_" + tag, None)
        if opened:
            opened(attrs)

    def open_tr(self, _):
        self.rows += 1

    def open_a(self, attrs):
        self.anchor = [attrs.get("href"), "", "download" in attrs]

    def open_img(self, attrs):
        self.line += f"[图 {attrs.get('alt', '')}]"

    def open_form(self, attrs):
        action, method = attrs.get("action", ""), attrs.get("method", "get").lower()
        self.form = {"id": attrs.get("id"), "head": f"form {method} {action}", "fields": []}
        self.forms.append(self.form)

    def open_input(self, attrs):
        kind, name = attrs.get("type", "text"), attrs.get("name", "")
        self.field(attrs, f"{kind} {name}" + (" required" if "required" in attrs else ""))
        if kind in ("checkbox", "radio"):
            self.line += "[x]" if "checked" in attrs else "[ ]"
        elif kind != "hidden" and attrs.get("value"):
            self.line += f"「{attrs['value']}」"

    def open_select(self, attrs):
        self.select = {"name": attrs.get("name", ""), "options": [], "chosen": None}
        self.field(attrs, self.select)

    def open_option(self, attrs):
        if self.select is not None:
            self.select["options"].append("")
            if "selected" in attrs:
                self.select["chosen"] = len(self.select["options"]) - 1

    def open_textarea(self, attrs):
        required = " required" if "required" in attrs else ""
        self.field(attrs, f"textarea {attrs.get('name', '')}{required}")
        self.line += "「"

    def open_button(self, attrs):
        if self.form is not None and attrs.get("type", "submit") != "button":
            own = [attrs.get(key) for key in ("name", "value", "formaction") if attrs.get(key)]
            self.caught = {"button": "", "own": " ".join(own)}
            self.form["fields"].append(self.caught)

    def handle_data(self, data):
        if self.skipping:
            return
        if self.caught is not None:
            self.caught["button"] += data
            return
        if self.select is not None:
            if self.select["options"]:
                self.select["options"][-1] += data
            return
        self.line += data
        if self.anchor:
            self.anchor[1] += data

    def handle_endtag(self, tag):
        if tag in SKIPPED:
            self.skipping = max(0, self.skipping - 1)
        if self.skipping or tag in VOID:
            return
        if tag == "tr":
            self.rows = max(0, self.rows - 1)
        if tag == "a" and self.anchor:
            href, text, download = self.anchor
            if href:
                self.links.append((href, " ".join(text.split()), download))
            self.anchor = None
        elif tag == "select" and self.select is not None:
            options = self.select["options"]
            if options:
                self.line += f"「{options[self.select['chosen'] or 0].strip()}」"
            self.select = None
        elif tag == "textarea":
            self.line += "」"
        elif tag == "button":
            self.caught = None
        elif tag == "form":
            self.form = None
        if tag not in INLINE and tag not in CELLS and tag not in ("select", "textarea", "button"):
            self.break_text()

    def form_lines(self):
        lines = []
        for form in self.forms:
            lines.append(form["head"])
            for field in form["fields"]:
                if isinstance(field, str):
                    lines.append("  " + field)
                elif "button" in field:
                    words = " ".join(field["button"].split())
                    lines.append(f"  button 「{words}」 {field['own']}".rstrip())
                else:
                    words = "|".join(option.strip() for option in field["options"])
                    lines.append(f"  select {field['name']}: {words}")
        return lines


def normal(text, today):
    """Without what differs between two runs of the same program."""
    # What a run does itself stands on the demonstration's day at the real time.
    text = re.sub(rf"({today}) \d\d:\d\d(:\d\d)?", r"\1 〈时〉", text)
    text = re.sub(r"\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{12,64}\b", "〈号〉", text)
    return re.sub(r"版本 \S+", "版本 〈号〉", text)
