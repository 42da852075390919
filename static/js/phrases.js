// 常用语: listed at the field, put in where one writes. Without this the link opens the page of phrases.

let phrases;
const listed = (address) => fetch(address).then((answer) => answer.text()).then((text) => {
  const page = new DOMParser().parseFromString(text, "text/html");
  return [...page.querySelectorAll("[data-phrase]")].map((each) => each.textContent.trim());
});
const put = (field, words) => {
  const at = field.selectionStart === undefined ? field.value.length : field.selectionStart;
  field.setRangeText(words, at, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
};
const close = (link) => {
  const list = link.nextElementSibling;
  link.setAttribute("aria-expanded", "false");
  if (list && list.matches(".phrase-list")) list.remove();
};
const show = (link, found) => {
  const field = document.getElementById(link.dataset.phrases);
  const list = document.createElement("div");
  list.className = "phrase-list";
  list.setAttribute("role", "group");
  list.setAttribute("aria-label", "常用语");
  for (const words of found) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
    button.addEventListener("click", () => {
      close(link);
      put(field, words);
    });
    list.append(button);
  }
  const more = Object.assign(document.createElement("a"), { href: link.href, target: "_blank", rel: "noopener", textContent: "增加、删除常用语" });
  list.append(more);
  link.after(list);
  link.setAttribute("aria-expanded", "true");
  if (list.firstElementChild) list.firstElementChild.focus();
};
const open = (link) => {
  phrases = phrases || listed(link.href);
  return phrases.then((found) => show(link, found));
};
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("a[data-phrases]");
  if (!link || !document.getElementById(link.dataset.phrases)) return;
  event.preventDefault();
  if (link.getAttribute("aria-expanded") === "true") close(link);
  // Who cannot be told the list here is shown its page.
  else open(link).catch(() => location.assign(link.href));
});
document.addEventListener("keydown", (event) => {
  const list = event.key === "Escape" && event.target.closest && event.target.closest(".phrase-list");
  if (!list) return;
  const link = list.previousElementSibling;
  close(link);
  link.focus();
});

// Where one says what is to be mended, one writes at once; what needs mending does not pass.
document.addEventListener("toggle", (event) => {
  const details = event.target;
  if (!details.open || !details.matches(".verdict > details, .question > .remark")) return;
  if (document.activeElement !== details.querySelector("summary")) return;
  const tick = details.parentElement.querySelector("input[type=checkbox]");
  if (tick) tick.checked = false;
  details.querySelector("textarea").focus();
}, true);
