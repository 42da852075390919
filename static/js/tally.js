// A recommendation against what is asked of it, counted again while one ticks.

import { all } from "./base.js";

const line = document.querySelector("[data-tally]");
const place = (name) => line.querySelector(`[data-${name}]`);
const tell = () => {
  const boxes = all(`[name="${CSS.escape(line.dataset.tally)}"]`);
  const have = boxes.filter((box) => box.checked).length;
  const missing = Math.max(0, Number(line.dataset.need) - have);
  place("have").textContent = have;
  place("missing").textContent = missing;
  place("short").hidden = missing === 0;
  place("enough").hidden = missing > 0;
};
document.addEventListener("change", tell);
