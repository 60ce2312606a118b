// Leaving this phone: refused once while something waits, then nothing of it stays.
import { forgetActs, keptActs } from "./store.js";

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.dataset.leave === undefined) return;
  event.preventDefault();
  const [warning, button] = [form.querySelector("[data-leave-warning]"), form.querySelector("button")];
  if (warning.hidden && (await keptActs()).length) {
    warning.hidden = false;
    button.textContent = button.dataset.again;
    return;
  }
  document.documentElement.dataset.leaving = "1"; // the worker goes too, and nobody should come back by it
  const registration = await navigator.serviceWorker?.getRegistration("/t");
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
  await forgetActs();
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  localStorage.clear();
  form.submit();
});
