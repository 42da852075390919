// Dates: said in Chinese beside the box, and a calendar for those who want one.

import { all, make } from "./base.js";

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
