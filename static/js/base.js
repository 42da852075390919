// On every page: messages told once, leaving with unsaved words, pressing twice, paper on request.
// Comforts on top of pages that work without them. The other parts begin here.

export const all = (selector, root = document) => [...root.querySelectorAll(selector)];
export const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
// What a person fills in, in a row or a form.
export const entries = "input:not([type=hidden]), select, textarea";
export const isTick = (field) => ["checkbox", "radio"].includes(field.type);

// A message is told once; messages to mend come first.
const address = new URL(location.href);
address.searchParams.delete("done");
if (address.href !== location.href) history.replaceState(history.state, "", address);
export const summary = document.querySelector(".error-summary");
summary?.focus();
for (const button of all("[data-print]")) Object.assign(button, { hidden: false, onclick: () => print() });

// Leaving with unsaved words, and pressing twice.
export const unsaved = new Set();
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
});
addEventListener("pageshow", (event) => event.persisted && location.reload());
