// How many characters a text may still take.

import { all, make } from "./base.js";

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
