// Keys of a staff page: `data-key` names the key of a button, link or summary; j and k walk over the rows.
const busy = (event) => event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]");

function walk(step) {
  const links = [...document.querySelectorAll("[data-row] a")];
  if (!links.length) return;
  const at = links.findIndex((link) => link.closest("[data-row]").contains(document.activeElement));
  links[at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1)].focus();
}

document.addEventListener("keydown", (event) => {
  if (busy(event)) return;
  if (event.key === "j" || event.key === "k") return walk(event.key === "j" ? 1 : -1);
  const named = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
  if (!named) return;
  event.preventDefault();
  named.click();
  named.closest("details[open]")?.querySelector("select, input:not([type=hidden]), textarea")?.focus();
});
