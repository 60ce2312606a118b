// Time left, counted on each minute from what the server wrote. Not announced: the words are no live region.
const MINUTE = 60_000;

const said = (minutes) => (minutes >= 120 ? `${Math.floor(minutes / 60)} ${document.documentElement.lang === "en" ? "hours" : "jam"}`
  : `${minutes} ${document.documentElement.lang === "en" ? "minutes" : "menit"}`);

const tick = () => document.querySelectorAll("[data-until]").forEach((one) => {
  const minutes = Math.max(0, Math.ceil((Date.parse(one.dataset.until) - Date.now()) / MINUTE));
  const [words, seam] = [one.querySelector("[data-left]"), one.querySelector("progress")];
  if (words) words.textContent = said(minutes);
  if (seam) seam.value = minutes;
});

setInterval(tick, MINUTE);
