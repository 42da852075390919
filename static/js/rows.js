// Tables of rows grow and shrink on the page, and are walked by keys as a sheet is.
// Names and ids carry the row's number as `.3.`; the server knows the same buttons.

import { all, entries, isTick, make } from "./base.js";

export const numbered = /\.(\d+)(?=\.|$)/;
export const rowsOf = (table) => all("tbody > tr[data-row]", table);

export const addRow = (table) => {
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
    if (isTick(element)) element.checked = false;
    else element.value = "";
  }
  last.after(row);
  return row;
};

// Whoever takes a row away stands in the one that has its place, or at the button for a new one.
const focusAfter = (table, row) => {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  const place = next?.querySelector("button[name=_remove]") ?? table.closest(".field").querySelector("button[name=_add]");
  place?.focus();
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=_add], button[name=_remove]");
  const table = button && (button.closest("[data-rows]") ?? document.querySelector(`[data-rows="${CSS.escape(button.value)}"]`));
  if (!table || rowsOf(table).length === 0) return;
  event.preventDefault();
  const only = rowsOf(table).length === 1;
  if (button.name === "_add" || only) addRow(table).querySelector(entries)?.focus();
  if (button.name === "_remove" && only) button.closest("tr[data-row]").remove();
  else if (button.name === "_remove") focusAfter(table, button.closest("tr[data-row]"));
  table.dispatchEvent(new Event("input", { bubbles: true }));
});

// Enter and the arrows go down and up a column; left and right leave a cell at its ends.
const beside = (cell, down, across) => {
  let row = cell.closest("tr");
  if (down > 0) row = row.nextElementSibling;
  if (down < 0) row = row.previousElementSibling;
  return row?.cells?.[cell.cellIndex + across]?.querySelector(entries);
};
const atEnd = (field, end) => {
  if (field.tagName !== "INPUT" || isTick(field)) return true;
  const at = end ? field.value.length : 0;
  return field.selectionStart === at && field.selectionEnd === at;
};
const steps = (key, field) => {
  const list = field.tagName === "SELECT"; // its own keys choose
  if (key === "Enter") return field.tagName === "INPUT" ? [1, 0] : undefined;
  if (key === "ArrowDown" && !list) return [1, 0];
  if (key === "ArrowUp" && !list) return [-1, 0];
  if (key === "ArrowRight" && atEnd(field, true)) return [0, 1];
  if (key === "ArrowLeft" && atEnd(field, false)) return [0, -1];
  return undefined;
};
document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("[data-rows] td");
  if (!cell || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const step = steps(event.key, event.target);
  if (!step) return;
  if (event.key === "Enter" || event.key.startsWith("Arrow")) event.preventDefault();
  const field = beside(cell, step[0], step[1]);
  field?.focus();
  if (field?.tagName === "INPUT" && !isTick(field)) field.select();
});

// A row as a form of its own: by itself where the window is narrower than a table, and on request.
const narrow = matchMedia("(max-width: 48rem)");
for (const table of all("[data-rows]")) {
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.firstChild?.textContent.trim() ?? "");
  const many = heads.length > 9;
  let wanted = narrow.matches;
  const label = () => {
    for (const row of rowsOf(table)) [...row.cells].slice(0, -1).forEach((cell, at) => { cell.dataset.label = heads[at]; });
  };
  const change = make("button", { type: "button", className: "button quiet" });
  // Of long rows one is open, and whatever has something to mend.
  const open = (row) => {
    for (const each of rowsOf(table)) each.classList.toggle("shut", many && each !== row && !each.querySelector("[aria-invalid]"));
  };
  table.addEventListener("focusin", (event) => open(event.target.closest("tr[data-row]")));
  open(rowsOf(table)[0]);
  const draw = () => {
    if (wanted) label();
    table.classList.toggle("as-cards", wanted);
    change.textContent = wanted ? "按表格填写" : "逐行填写";
  };
  change.addEventListener("click", () => {
    wanted = !wanted;
    draw();
  });
  table.addEventListener("input", () => wanted && label());
  narrow.addListener(() => {
    wanted = narrow.matches;
    draw();
  });
  const field = table.closest(".field");
  if (many) field.querySelector("button[name=_add]").after(" ", change);
  draw();

  // Where it is said that there is none, the table makes room.
  const nil = field.querySelector(`input[name="${CSS.escape(table.dataset.rows)}.nil"]`);
  const tell = () => {
    const filled = all(entries, table).some((one) => !isTick(one) && one.value.trim() !== "");
    field.classList.toggle("none", Boolean(nil && nil.checked && !filled));
  };
  for (const kind of ["input", "change"]) field.addEventListener(kind, tell);
  tell();
}
