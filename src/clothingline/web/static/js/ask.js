// A first tap that asks once more, in its place; without this the same page asks.
const turn = (id, asking) => {
  const place = document.getElementById(id);
  [...place.parentElement.children].forEach((one) => { one.hidden = one === place ? !asking : asking; });
  (asking ? place : place.parentElement.querySelector("button")).focus();
};

document.addEventListener("submit", (event) => {
  const id = event.target.dataset.ask;
  if (!id) return;
  event.preventDefault();
  turn(id, true);
});
document.addEventListener("click", (event) => {
  const back = event.target.closest("[data-unask]");
  if (!back || !document.querySelector("[data-ask]")) return;
  event.preventDefault();
  turn(back.dataset.unask, false);
});
