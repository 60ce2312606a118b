// A card that is dropped on another column sends its own form; what cannot be is explained by the answer.
let taken;

const columnOf = (event) => taken && event.target.closest?.("[data-board] [data-column]");
const light = (column) => document.querySelectorAll("[data-column]").forEach((one) => one.classList.toggle("aimed", one === column));

document.addEventListener("dragstart", (event) => {
  taken = event.target.closest?.("article[data-card]");
  taken?.classList.add("taken");
});
document.addEventListener("dragover", (event) => {
  const column = columnOf(event);
  if (column) event.preventDefault();
  light(column);
});
document.addEventListener("dragend", () => {
  taken?.classList.remove("taken");
  light(taken = null);
});
document.addEventListener("drop", (event) => {
  const column = columnOf(event);
  if (!column) return;
  event.preventDefault();
  if (column.contains(taken)) return;
  taken.querySelector("select").value = column.dataset.column;
  taken.querySelector("form.move").requestSubmit();
});
