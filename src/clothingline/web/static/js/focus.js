// The summary of what has to be put right takes the focus when the page opens, or when a part of it was replaced.
const take = (root) => root.querySelector("[data-focus]")?.focus();

take(document);
document.addEventListener("htmx:afterSettle", (event) => take(event.target));
