// A message goes away after a while, never while somebody is on it.
const SECONDS = 10;

const goes = (toast) => {
  const later = () => setTimeout(() => {
    if (toast.matches(":focus-within, :hover")) later();
    else toast.remove();
  }, SECONDS * 1000);
  later();
};

document.querySelectorAll("[data-toast]").forEach(goes);
document.addEventListener("htmx:afterSettle", (event) => event.target.querySelectorAll("[data-toast]").forEach(goes));
