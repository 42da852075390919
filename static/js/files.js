// A file is chosen in the words of the page, whatever the browser's own language.

import { all, make } from "./base.js";

const NONE = "未选择文件";
for (const input of all('input[type="file"]')) {
  const button = make("span", { className: "button", textContent: "选择文件" });
  const name = make("span", { className: "file-name", textContent: NONE });
  const picker = make("span", { className: "file-picker" }, button, name);
  // The input keeps its label, its place in the order of keys and its messages.
  picker.setAttribute("aria-hidden", "true");
  picker.addEventListener("click", () => input.click());
  input.classList.add("visually-hidden");
  input.after(picker);
  input.addEventListener("change", () => {
    const chosen = [...input.files].map((file) => file.name);
    name.textContent = chosen.join("、") || NONE;
  });
}
