// Buttons for less and for more beside a native number.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-stepper] button");
  if (!button) return;
  const input = button.parentElement.querySelector("input");
  if (button.dataset.by > 0) input.stepUp();
  else input.stepDown();
  input.dispatchEvent(new Event("input", { bubbles: true }));
});

export const bind = () => document.querySelectorAll("[data-stepper] button").forEach((button) => { button.hidden = false; });
