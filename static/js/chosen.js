// Rows of a list that are chosen together: all at once, and how many they are.

import { all } from "./base.js";

const named = (name) => all(`[name="${CSS.escape(name)}"]`);
const tell = () => {
  for (const box of all("[data-choose-all]")) {
    const boxes = named(box.dataset.chooseAll);
    const chosen = boxes.filter((one) => one.checked).length;
    box.checked = chosen === boxes.length && chosen > 0;
    box.indeterminate = chosen > 0 && chosen < boxes.length;
    for (const place of all("[data-chosen]")) place.textContent = `选中${chosen}项`;
  }
};
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.chooseAll;
  if (name) for (const box of named(name)) box.checked = event.target.checked;
  tell();
});
tell();
