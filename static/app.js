// Comforts on top of pages that work without it: drafts, rows, guards, keys. Nothing is sent by itself.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

// A message is told once; messages to mend come first; paper on request.
const address = new URL(location.href);
address.searchParams.delete("done");
if (address.href !== location.href) history.replaceState(history.state, "", address);
const summary = document.querySelector(".error-summary");
summary?.focus();
for (const button of all("[data-print]")) Object.assign(button, { hidden: false, onclick: () => print() });

// Rows: names and ids carry the row's number as `.3.`; the server knows the same buttons.
const numbered = /\.(\d+)(?=\.|$)/;
const rowsOf = (table) => all("tbody > tr[data-row]", table);
const entries = "input:not([type=hidden]), select, textarea";
const addRow = (table) => {
  const last = rowsOf(table).pop();
  const row = last.cloneNode(true);
  row.dataset.row = Math.max(Number(last.dataset.row) + 1, Number(table.dataset.next ?? 0));
  table.dataset.next = Number(row.dataset.row) + 1;
  for (const message of all(".error-message", row)) message.remove();
  for (const element of all("*", row)) {
    for (const attribute of element.name === "_remove" ? ["value"] : ["name", "id", "for"]) {
      const text = element.getAttribute(attribute);
      if (text) element.setAttribute(attribute, text.replace(numbered, `.${row.dataset.row}`));
    }
    if (element.ariaLabel) element.ariaLabel = element.ariaLabel.replace(/\d+/, table.rows.length);
    if (!element.matches(entries)) continue;
    for (const attribute of ["aria-invalid", "aria-describedby"]) element.removeAttribute(attribute);
    if (["checkbox", "radio"].includes(element.type)) element.checked = false;
    else element.value = "";
  }
  last.after(row);
  return row;
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=_add], button[name=_remove]");
  const table = button && (button.closest("[data-rows]") ?? document.querySelector(`[data-rows="${CSS.escape(button.value)}"]`));
  if (!table || rowsOf(table).length === 0) return;
  event.preventDefault();
  if (button.name === "_add" || rowsOf(table).length === 1) addRow(table).querySelector(entries)?.focus();
  if (button.name === "_remove") button.closest("tr[data-row]").remove();
  table.dispatchEvent(new Event("input", { bubbles: true }));
});
// A sheet pasted into a cell fills the cells to its right and below.
document.addEventListener("paste", (event) => {
  const cell = event.target.closest?.("[data-rows] td");
  const text = event.clipboardData?.getData("text/plain").replace(/\r?\n$/, "") ?? "";
  if (!cell || !/[\t\n]/.test(text) || event.target.tagName === "TEXTAREA") return;
  event.preventDefault();
  const table = cell.closest("[data-rows]");
  const first = rowsOf(table).indexOf(cell.closest("tr"));
  text.split(/\r?\n/).forEach((line, down) => {
    const row = rowsOf(table)[first + down] ?? addRow(table);
    line.split("\t").forEach((value, across) => {
      const field = row.cells[cell.cellIndex + across]?.querySelector(entries);
      const option = field?.options && [...field.options].find((one) => one.text.trim() === value.trim());
      if (field) field.value = option ? option.value : value.trim();
    });
  });
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
});

// Drafts: kept in this tab only, for this person, while the server's version is the same.
const who = document.body.dataset.who;
const drafts = () => Object.keys(sessionStorage).filter((key) => key.startsWith("draft:"));
for (const key of drafts()) {
  const sent = JSON.parse(sessionStorage.getItem(key)).sent;
  if ((who && !key.startsWith(`draft:${who}:`)) || (sent && document.querySelector(".flash"))) sessionStorage.removeItem(key);
}
const unsaved = new Set();
const valuesOf = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !["request_id", "version", "seen", "opened_as", "base"].includes(name) && form.elements[name]?.type !== "password");
const restore = (form, values) => {
  for (const table of all("[data-rows]", form)) {
    const wanted = new Set(values.filter(([name]) => name.startsWith(`${table.dataset.rows}.`) && numbered.test(name)).map(([name]) => Number(name.match(numbered)[1])));
    for (let tries = 0; tries < 500 && Math.max(...wanted) > Number(rowsOf(table).pop()?.dataset.row); tries += 1) addRow(table);
    for (const row of rowsOf(table)) if (wanted.size && !wanted.has(Number(row.dataset.row))) row.remove();
  }
  const left = [...values];
  for (const field of form.elements) {
    if (!field.name || ["hidden", "file", "password", "submit", "button"].includes(field.type)) continue;
    const ticked = values.some(([name, value]) => name === field.name && value === field.value);
    const at = left.findIndex(([name]) => name === field.name);
    if (["checkbox", "radio"].includes(field.type)) field.checked = ticked;
    else if (at >= 0) field.value = left.splice(at, 1)[0][1];
  }
};
for (const form of all("form[data-autosave]")) {
  const key = `draft:${who ?? ""}:${form.getAttribute("action") || location.pathname}`;
  const fresh = JSON.stringify(valuesOf(form));
  const version = form.elements.version?.value ?? "";
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  if (kept && kept.version !== version) sessionStorage.removeItem(key);
  else if (kept && !summary && JSON.stringify(kept.values) !== fresh) {
    restore(form, kept.values);
    unsaved.add(form);
    const drop = make("button", { type: "button", className: "button quiet", textContent: "放弃，用已保存的内容" });
    drop.addEventListener("click", () => {
      sessionStorage.removeItem(key);
      unsaved.clear();
      location.reload();
    });
    const said = make("p", {}, `已恢复 ${kept.time} 填写、尚未保存的内容，请核对后保存。 `, drop);
    form.prepend(make("div", { className: "notice no-print", role: "status" }, said));
  }
  const keep = (sent) => sessionStorage.setItem(key, JSON.stringify({ version, time: new Date().toTimeString().slice(0, 5), values: valuesOf(form), sent }));
  let pause;
  for (const kind of ["input", "submit"]) form.addEventListener(kind, () => {
    clearTimeout(pause);
    if (kind === "submit") keep(true);
    else pause = setTimeout(keep, 400, false);
  });
}

// Leaving with unsaved words, and pressing twice.
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[method=post]");
  if (form && !form.closest(".login")) unsaved.add(form);
});
addEventListener("beforeunload", (event) => {
  if (unsaved.size === 0) return;
  event.preventDefault();
  event.returnValue = "unsaved"; // what Chromium before 119 goes by
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  unsaved.clear();
  for (const button of all("button[type=submit]", form)) button.setAttribute("aria-disabled", "true");
  if (form.getAttribute("action") === "/logout") drafts().forEach((key) => sessionStorage.removeItem(key));
});
addEventListener("pageshow", (event) => event.persisted && location.reload());

// Keys: Ctrl+S saves; Enter goes down a column of a table of rows.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form[data-autosave]") ?? document.querySelector("form[data-autosave]");
  if (form && (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[data-save]"));
  }
  const cell = event.target.closest?.("[data-rows] td");
  if (event.key !== "Enter" || event.isComposing || !cell || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  cell.closest("tr").nextElementSibling?.cells[cell.cellIndex]?.querySelector(entries)?.focus();
});

// Characters left, questions that depend on another, chosen rows.
for (const area of all("textarea[data-count]")) {
  const note = make("p", { className: "count-left", ariaLive: "polite" });
  area.after(note);
  const tell = () => {
    const left = Number(area.dataset.count) - [...area.value].length;
    note.textContent = left < 0 ? `已超出${-left}字` : `还可填写${left}字`;
    note.classList.toggle("over", left < 0);
  };
  area.addEventListener("input", tell);
  tell();
}
const depend = () => {
  for (const part of all("[data-shown-when]")) {
    const [name, value] = part.dataset.shownWhen.split("=");
    part.hidden = !all(`[name="${CSS.escape(name)}"]`, part.closest("form")).some((field) => (["checkbox", "radio"].includes(field.type) ? field.checked : true) && field.value === value);
  }
  for (const box of all("[data-choose-all]")) {
    const boxes = all(`[name="${CSS.escape(box.dataset.chooseAll)}"]`);
    const chosen = boxes.filter((one) => one.checked).length;
    box.checked = chosen === boxes.length && chosen > 0;
    box.indeterminate = chosen > 0 && chosen < boxes.length;
    for (const place of all("[data-chosen]")) place.textContent = `选中${chosen}项`;
  }
};
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.chooseAll;
  if (name) for (const box of all(`[name="${CSS.escape(name)}"]`)) box.checked = event.target.checked;
  depend();
});
depend();

// Dates: said in Chinese beside the box, and a calendar for those who want one.
for (const field of all(".affix > input[data-date]")) {
  const echo = make("span", { className: "echo" });
  const calendar = make("input", { type: "date", tabIndex: -1, ariaHidden: "true" });
  const opens = "showPicker" in calendar;
  const open = make(opens ? "button" : "span", { className: "button quiet", textContent: "选日期" });
  if (opens) Object.assign(open, { type: "button", onclick: () => calendar.showPicker() });
  const tell = () => {
    const day = field.value.trim().match(/^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/);
    const date = day && new Date(Date.UTC(day[1], day[2] - 1, day[3]));
    echo.textContent = date && date.getUTCDate() === Number(day[3]) ? date.toLocaleDateString("zh-CN", { timeZone: "UTC", year: "numeric", month: "long", day: "numeric", weekday: "long" }) : "";
    if (date) calendar.value = date.toISOString().slice(0, 10);
  };
  calendar.addEventListener("change", () => {
    field.value = calendar.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  field.addEventListener("input", tell);
  field.after(make("span", { className: opens ? "picker" : "picker own" }, open, calendar), echo);
  tell();
}
