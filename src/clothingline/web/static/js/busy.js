// A form that was sent says so on its button, which keeps the focus; the key in the form makes a second press harmless.
const WORDS = document.documentElement.lang === "en" ? "Saving…" : "Menyimpan…";
const before = new Map();

const say = (button) => {
  if (before.has(button)) return;
  before.set(button, [...button.childNodes]);
  button.replaceChildren(WORDS);
};

document.addEventListener("submit", ({ target, submitter }) => {
  if (target.method !== "post" || !submitter) return;
  submitter.ariaBusy = "true";
  say(submitter);
});

const rest = () => {
  document.querySelectorAll("button[aria-busy]").forEach((button) => { button.ariaBusy = null; });
  before.forEach((nodes, button) => button.replaceChildren(...nodes));
  before.clear();
};

addEventListener("pageshow", rest); // back from the browser's memory
document.addEventListener("htmx:afterRequest", rest);
