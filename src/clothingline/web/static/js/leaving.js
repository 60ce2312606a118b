// Leaving this phone: refused once while something waits, then nothing of it stays.
import { rest } from "./busy.js";
import { forgetActs, keptActs } from "./store.js";

const waits = () => keptActs().then((acts) => acts.length > 0, () => false);
const forgetPages = async () => Promise.all((await caches.keys()).map((name) => caches.delete(name)));
const forgetWords = async () => localStorage.clear();
const forgetMessages = async () => {
  const registration = await navigator.serviceWorker?.getRegistration("/t");
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.dataset.leave === undefined) return;
  event.preventDefault();
  const [warning, button] = [form.querySelector("[data-leave-warning]"), form.querySelector("button")];
  if (warning.hidden && await waits()) {
    rest();
    warning.hidden = false;
    button.textContent = button.dataset.again;
    return;
  }
  document.documentElement.dataset.leaving = "1"; // the worker goes too, and nobody should come back by it
  // Whatever a browser does not let us keep is nothing to forget, and bars nobody's way out.
  await Promise.allSettled([forgetMessages(), forgetActs(), forgetPages(), forgetWords()]);
  form.submit();
});
