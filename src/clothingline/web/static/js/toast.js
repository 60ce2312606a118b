// A message goes away after a while, never while somebody is on it.
const SECONDS = 10;
const seen = new WeakSet();

const later = (toast) => setTimeout(() => {
  if (toast.matches(":focus-within, :hover")) later(toast);
  else toast.remove();
}, SECONDS * 1000);

export const bind = () => document.querySelectorAll("[data-toast]").forEach((toast) => {
  if (seen.has(toast)) return;
  seen.add(toast);
  later(toast);
});
