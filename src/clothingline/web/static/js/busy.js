// A form that was sent says so on its button, which keeps the focus; the key in the form makes a second press harmless.
const WORDS = document.documentElement.lang === "en" ? "Saving…" : "Menyimpan…";
const before = new Map();

document.addEventListener("submit", ({ target, submitter }) => {
  if (target.method !== "post" || !submitter || before.has(submitter)) return;
  before.set(submitter, [...submitter.childNodes]);
  submitter.ariaBusy = "true";
  submitter.replaceChildren(WORDS);
});

// Also for a form that was kept back: nothing of it is under way.
export const rest = () => {
  before.forEach((nodes, button) => {
    button.ariaBusy = null;
    button.replaceChildren(...nodes);
  });
  before.clear();
};

addEventListener("pageshow", rest); // back from the browser's memory
