// Behaviours of the components: each module is loaded by the pages that hold what it is for, and a page works without any.
const BEHAVIOURS = {
  "[data-focus]": "./focus.js",
  "[data-toast]": "./toast.js",
  "form[method=post]": "./busy.js",
  "[data-stepper]": "./stepper.js",
  "[data-copy]": "./copy.js",
  "[data-until]": "./countdown.js",
  "[data-waiting]": "./waiting.js",
  "[data-door]": "./door.js",
  "[data-leave]": "./leaving.js",
};

const bind = () => Promise.all(Object.entries(BEHAVIOURS)
  .filter(([what]) => document.querySelector(what))
  .map(async ([, module]) => (await import(module)).bind?.()));

document.addEventListener("htmx:afterSettle", bind);
await bind();
performance.mark("siap"); // measured as "ready"
