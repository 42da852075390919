// Questions that are asked only where another is answered so: hidden until then, and what was
// answered before stays in the form.

import { all, isTick } from "./base.js";

const answers = (form, name) => {
  const fields = all(`[name="${CSS.escape(name)}"]`, form);
  const given = fields.filter((field) => (isTick(field) ? field.checked : field.value.trim() !== ""));
  return given.map((field) => field.value);
};
const hasRow = (form, table) => all(`[name^="${CSS.escape(table)}."]`, form).some((field) => !isTick(field) && field.value.trim() !== "");
const holds = (form, [kind, what, value]) => {
  if (kind === "all") return what.every((each) => holds(form, each));
  if (kind === "any") return what.some((each) => holds(form, each));
  if (kind === "not") return !holds(form, what);
  if (kind === "any_row") return hasRow(form, what);
  const given = answers(form, what);
  if (kind === "is") return given.includes(value);
  if (kind === "is_not") return given.length > 0 && !given.includes(value);
  if (kind === "over") return given.length > 0 && Number(given[0].replace(/[,，]/g, "")) > value;
  return given.length > 0;
};
const tell = () => {
  for (const part of all("[data-shown-when]")) part.hidden = !holds(part.closest("form"), JSON.parse(part.dataset.shownWhen));
};
for (const kind of ["change", "input"]) document.addEventListener(kind, tell);
tell();
