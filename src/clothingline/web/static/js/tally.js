// Counts defects on the spot, without asking the server: numbers, verdict and address change at once.
const form = document.querySelector("[data-tally]");

function total(level) {
  return [...form.querySelectorAll(`[data-of="${level}"]`)].reduce((sum, one) => sum + Number(one.textContent), 0);
}

function judge() {
  const shown = document.querySelector("[data-verdict]");
  const passes = [...shown.querySelectorAll("[data-class]")].map((one) => {
    const found = total(one.dataset.class);
    one.querySelector("b").textContent = found;
    return found <= Number(one.dataset.accept);
  }).every(Boolean);
  shown.querySelector("strong").textContent = passes ? shown.dataset.pass : shown.dataset.fail;
  shown.classList.toggle("ok", passes);
  shown.classList.toggle("error", !passes);
}

function keep() {
  const counted = [...form.querySelectorAll("[data-count]")].filter((one) => Number(one.textContent));
  const tally = counted.map((one) => `${one.dataset.count}-${one.textContent}`).join(".");
  form.elements.hitung.value = tally;
  document.querySelectorAll("main [name=tally]").forEach((one) => { one.value = tally; });
  history.replaceState(null, "", `?${new URLSearchParams({ pekerjaan: form.elements.pekerjaan.value, hitung: tally })}`);
}

form?.addEventListener("submit", (event) => {
  const { name, value } = event.submitter ?? {};
  if (!["tambah", "kurang"].includes(name)) return;
  event.preventDefault();
  const count = form.querySelector(`[data-count="${value}"]`);
  count.textContent = Math.max(0, Number(count.textContent) + (name === "tambah" ? 1 : -1));
  judge();
  keep();
});
