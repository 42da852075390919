// What is typed and not saved yet: kept on the server for whoever typed it, for fourteen days,
// whatever the tab or the machine. Nothing of it is saved by itself; saving drops it.

import { all, isTick, make, summary, unsaved } from "./base.js";
import { addRow, numbered, rowsOf } from "./rows.js";

const PAUSE = 1500;
const AT = "/drafts";
// What the form saw when the typing began goes with it: what others saved since is then compared.
const SEALED = ["version", "base"];
const OTHERS = ["request_id", "seen", "opened_as"];

const valuesOf = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OTHERS.includes(name) && form.elements[name]?.type !== "password");
const typedIn = (values) => JSON.stringify(values.filter(([name]) => !SEALED.includes(name)));
const restore = (form, values) => {
  for (const table of all("[data-rows]", form)) {
    const wanted = new Set(values.filter(([name]) => name.startsWith(`${table.dataset.rows}.`) && numbered.test(name)).map(([name]) => Number(name.match(numbered)[1])));
    for (let tries = 0; tries < 500 && Math.max(...wanted) > Number(rowsOf(table).pop()?.dataset.row); tries += 1) addRow(table);
    for (const row of rowsOf(table)) if (wanted.size && !wanted.has(Number(row.dataset.row))) row.remove();
  }
  const left = [...values];
  for (const field of form.elements) {
    if (!field.name || ["file", "password", "submit", "button"].includes(field.type)) continue;
    if (field.type === "hidden" && !SEALED.includes(field.name)) continue;
    const ticked = values.some(([name, value]) => name === field.name && value === field.value);
    const at = left.findIndex(([name]) => name === field.name);
    if (isTick(field)) field.checked = ticked;
    else if (at >= 0) field.value = left.splice(at, 1)[0][1];
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
};

for (const form of all("form[data-autosave]")) {
  const address = new URL(form.getAttribute("action") || location.pathname, location.href).pathname;
  const place = form.querySelector("[data-kept]") ?? form.appendChild(make("p", { className: "kept", role: "status" }));
  const send = (fields, keepalive = false) => fetch(AT, { method: "POST", keepalive, body: new URLSearchParams({ address, fields: JSON.stringify(fields) }) });
  let pause;
  let waiting = false;
  const keep = (leaving = false) => {
    clearTimeout(pause);
    waiting = false;
    const told = send(valuesOf(form), leaving === true).then((answer) => {
      if (answer.status !== 200 || answer.redirected) throw new Error("not kept");
      return answer.json();
    }).then((kept) => { place.textContent = `已暂存 ${kept.when.slice(-5)}`; });
    told.catch(() => { place.textContent = "未能暂存，请及时保存"; });
  };
  const fresh = typedIn(valuesOf(form));
  form.addEventListener("input", () => {
    clearTimeout(pause);
    waiting = true;
    pause = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(pause);
    waiting = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (waiting && document.visibilityState === "hidden") keep(true);
  });

  const offer = (kept) => {
    const said = make("p", {}, `${kept.when}填写、尚未保存的内容已恢复，请核对后保存。`);
    if (!kept.fields.some(([name, value]) => name === "version" && value === form.elements.version?.value)) said.append("此后有人保存过本页，保存时将列出双方的修改。");
    const drop = make("button", { type: "button", className: "button quiet", textContent: "放弃，用已保存的内容" });
    drop.addEventListener("click", () => {
      clearTimeout(pause);
      send([]).then(() => {
        unsaved.clear();
        location.reload();
      });
    });
    said.append(drop);
    form.prepend(make("div", { className: "notice no-print", role: "status" }, said));
    restore(form, kept.fields);
    clearTimeout(pause);
    waiting = false;
    place.textContent = `已暂存 ${kept.when.slice(-5)}`;
  };
  if (summary) continue;
  const asked = fetch(`${AT}?${new URLSearchParams({ address })}`).then((answer) => (answer.status === 200 ? answer.json() : undefined));
  asked.then((kept) => {
    if (kept && !waiting && typedIn(kept.fields) !== fresh) offer(kept);
  }).catch(() => {});
}

// Ctrl+S saves.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form[data-autosave]") ?? document.querySelector("form[data-autosave]");
  if (!form || !(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("button[data-save]"));
});
