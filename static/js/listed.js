// The matters of one department are chosen together; how many are chosen stands in the bar.

import { all } from "./base.js";

const own = (group) => all(`[data-of="${CSS.escape(group.dataset.chooseGroup)}"]:enabled`);
const ticked = (boxes) => boxes.filter((box) => box.checked).length;
const tell = () => {
  for (const group of all("[data-choose-group]")) {
    const boxes = own(group);
    const some = ticked(boxes);
    group.hidden = boxes.length === 0;
    group.checked = some > 0 && some === boxes.length;
    group.indeterminate = some > 0 && some < boxes.length;
  }
  for (const place of all("[data-picked]")) {
    place.hidden = false;
    place.querySelector("b").textContent = ticked(all("[data-of]"));
  }
};
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-choose-group]")) for (const box of own(event.target)) box.checked = event.target.checked;
  tell();
});
tell();
