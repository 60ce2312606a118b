// Our own invitation to the home screen, after the first step that was done with the app.
let invitation;
const banner = document.getElementById("pasang");

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  invitation = event;
  if (banner && localStorage.getItem("pasang") === "1") banner.hidden = false;
});
banner?.addEventListener("click", (event) => {
  if (!event.target.closest("button")) return;
  localStorage.setItem("pasang", "0");
  banner.hidden = true;
  if (event.target.closest("[data-yes]")) invitation?.prompt();
});
