// What numbers add up to, and whether those that must agree do: told while one types.

import { all } from "./base.js";

// In hundredths; nothing where a number is missing or cannot be read.
const number = (name) => {
  const shown = document.querySelector(`output[data-sum][id="f-${CSS.escape(name)}"]`);
  const field = document.querySelector(`input[name="${CSS.escape(name)}"]`);
  const typed = (shown ? shown.textContent : field?.value ?? "").replace(/[,，\s]/g, "");
  return /^\d+(\.\d{1,2})?$/.test(typed) ? Math.round(Number(typed) * 100) : undefined;
};
const added = (names) => {
  const numbers = names.map(number);
  return numbers.includes(undefined) ? undefined : numbers.reduce((sum, each) => sum + each, 0);
};
const said = (hundredths, decimals) => (hundredths === undefined ? "" : (hundredths / 100).toFixed(decimals));
const tell = () => {
  for (const place of all("output[data-sum]")) place.textContent = said(added(place.dataset.sum.split(" ")), Number(place.dataset.decimals));
  for (const place of all("[data-equal]")) {
    const [total, ...parts] = place.dataset.equal.split(" ");
    const [whole, sum] = [number(total), added(parts)];
    const known = whole !== undefined && sum !== undefined;
    const off = known ? Math.abs(whole - sum) : 0;
    place.querySelector("b").textContent = !known ? "" : off === 0 ? "✓ 相符" : `■ 相差${said(off, 2)}`;
    place.classList.toggle("off", off !== 0);
  }
};
document.addEventListener("input", tell);
tell();
