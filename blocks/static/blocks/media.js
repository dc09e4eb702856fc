// Puts a film's player in the place of its link when a reader asks for it, and not before.
// Without this script the link opens the provider's own page.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".block-media__link");
  const frame = link?.closest("[data-player]");
  // A click that means "in a new tab" stays one.
  if (!frame || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const player = document.createElement("iframe");
  player.className = "block-media__player";
  player.src = frame.dataset.player;
  player.title = frame.dataset.title;
  player.allow = "fullscreen; picture-in-picture; encrypted-media";
  player.allowFullscreen = true;
  // YouTube refuses players that send no origin at all.
  player.referrerPolicy = "strict-origin-when-cross-origin";
  frame.replaceChildren(player);
  player.focus();
});
