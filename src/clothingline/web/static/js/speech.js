// Reads aloud what is marked, where the phone has an Indonesian voice; never by itself.
const voice = () => window.speechSynthesis?.getVoices().find((one) => one.lang.replace("_", "-").startsWith("id"));
export const bind = () => document.querySelectorAll("[data-listen]").forEach((button) => { button.hidden = !voice(); });

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-listen]")) return;
  const text = [...document.querySelectorAll("[data-spoken]")].map((one) => one.textContent.trim()).join(". ");
  const said = Object.assign(new SpeechSynthesisUtterance(text), { lang: "id-ID", voice: voice() });
  speechSynthesis.cancel();
  speechSynthesis.speak(said);
});
window.speechSynthesis?.addEventListener?.("voiceschanged", bind);
