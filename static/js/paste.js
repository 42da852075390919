// A sheet pasted from a spreadsheet: what goes where is shown first; what was filled in can be
// taken back.

import { all, entries, isTick, make } from "./base.js";
import { addRow, rowsOf } from "./rows.js";

const heads = (table) => [...table.tHead.rows[0].cells].slice(0, -1).map((cell) => cell.firstChild.textContent.trim());
const lines = (text) => text.replace(/\r?\n$/, "").split(/\r?\n/).map((line) => line.split("\t").map((value) => value.trim()));
const optionOf = (field, value) => [...field.options].find((one) => one.text.trim() === value);
const fits = (field, value) => field && !isTick(field) && (!field.options || value === "" || optionOf(field, value) !== undefined);

// A first line that repeats the headings is no row.
const withoutHeads = (sheet, titles) => {
  const same = sheet[0].filter((value, at) => value !== "" && value === titles[at]).length;
  return same > 1 ? sheet.slice(1) : sheet;
};

const fill = (table, first, from, sheet) => {
  const undo = [];
  sheet.forEach((line, down) => {
    const there = rowsOf(table)[first + down];
    const row = there ?? addRow(table);
    if (!there) undo.push(() => row.remove());
    line.forEach((value, across) => {
      const field = row.cells[from + across]?.querySelector(entries);
      if (!fits(field, value)) return;
      const before = field.value;
      undo.push(() => { field.value = before; });
      field.value = field.options ? optionOf(field, value)?.value ?? "" : value;
    });
  });
  return () => {
    for (const step of undo.reverse()) step();
  };
};

const told = (table) => table.dispatchEvent(new Event("input", { bubbles: true }));
const panelOf = (table, ...children) => {
  const field = table.closest(".field");
  for (const old of all(".pasted", field)) old.remove();
  const panel = make("div", { className: "pasted no-print", role: "status", tabIndex: -1 }, ...children);
  table.closest(".table-scroll").after(panel);
  panel.focus();
  return panel;
};
const button = (label, act, kind = "") => {
  const element = make("button", { type: "button", className: `button ${kind}`, textContent: label });
  element.addEventListener("click", act);
  return element;
};

const preview = (table, first, from, text) => {
  const titles = heads(table).slice(from);
  const sheet = withoutHeads(lines(text), titles);
  const model = rowsOf(table)[0];
  let off = 0;
  const cell = (value, at) => {
    const good = fits(model.cells[from + at]?.querySelector(entries), value);
    if (!good) off += 1;
    return make("td", { className: good ? "" : "off", textContent: good ? value : `${value}（不填入）` });
  };
  const body = sheet.slice(0, 10).map((line) => make("tr", {}, ...line.map(cell)));
  const wide = Math.max(...sheet.map((line) => line.length));
  const head = make("tr", {}, ...titles.slice(0, wide).map((title) => make("th", { scope: "col", textContent: title })));
  const more = sheet.length > 10 ? `，只列出前10行` : "";
  const words = make("p", {}, make("b", { textContent: `粘贴${sheet.length}行，从第${first + 1}行“${titles[0] ?? ""}”起填入${more}。` }), off > 0 ? `标红的${off}格与选项或栏目不符，不填入。` : "");
  const sure = button(`填入${sheet.length}行`, () => {
    const undo = fill(table, first, from, sheet);
    told(table);
    const back = button("撤销", () => {
      undo();
      told(table);
      panelOf(table, make("p", { textContent: "已撤销粘贴。" }));
    });
    panelOf(table, make("p", { textContent: `已填入${sheet.length}行，请核对后保存。` }), back);
  }, "primary");
  const cancel = button("取消", () => panel.remove(), "quiet");
  const panel = panelOf(table, words, make("table", {}, head, ...body), make("p", {}, sure, " ", cancel));
};

document.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const cell = event.target.closest?.("[data-rows] td");
  if (!cell || !/[\t\n]/.test(text.trim()) || event.target.tagName === "TEXTAREA") return;
  event.preventDefault();
  const table = cell.closest("[data-rows]");
  preview(table, rowsOf(table).indexOf(cell.closest("tr")), cell.cellIndex, text);
});

// A way in for whoever has not found the cell: a box to paste into, filled from the first empty row.
const emptyRow = (table) => {
  const rows = rowsOf(table);
  const at = rows.findIndex((row) => all(entries, row).every((field) => isTick(field) || field.value === ""));
  return at < 0 ? rows.length : at;
};
for (const table of all("[data-rows]")) {
  const add = table.closest(".field").querySelector("button[name=_add]");
  const open = button("从表格软件粘贴", () => {
    if (rowsOf(table).length === 0) return add.click();
    const box = make("textarea", { rows: 3, ariaLabel: "把复制的内容粘贴到这里" });
    box.addEventListener("input", () => {
      if (box.value.trim() !== "") preview(table, emptyRow(table), 0, box.value);
    });
    panelOf(table, make("p", { textContent: `在WPS或Excel中复制，粘贴到下面。栏目依次为：${heads(table).join("、")}。` }), box);
    box.focus();
  }, "quiet");
  add.after(" ", open);
}
