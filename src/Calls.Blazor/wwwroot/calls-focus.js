// Moves the keyboard into a dialog, keeps it there, and brings it back.

/** Where the keyboard was before the first dialog took it; a call screen that follows an incoming call brings it back there. */
/** @type {Element | null} */
let origin = null;
let open = 0;

/** @param {HTMLElement} root the dialog */
export function enter(root) {
  if (open++ === 0) origin = document.activeElement;
  const listening = new AbortController();
  root.addEventListener('keydown', event => {
    if (event.key === 'Tab') keepInside(root, event);
  }, { signal: listening.signal });
  // The dialog and none of its buttons: who is typing when a call comes must not answer it with the space bar. With the next frame, which lays the dialog out anyway.
  const focus = () => {
    if (!listening.signal.aborted) root.focus({ preventScroll: true });
  };
  if (document.hidden) focus(); // It has no frames.
  else requestAnimationFrame(focus);
  return {
    leave() {
      if (listening.signal.aborted) return;
      listening.abort();
      if (--open > 0) return;
      const active = document.activeElement;
      // Whoever took the keyboard meanwhile keeps it.
      const free = !active || active === document.body || root.contains(active);
      if (free && origin instanceof HTMLElement && origin.isConnected) origin.focus({ preventScroll: true });
      origin = null;
    },
  };
}

/** @param {HTMLElement} root @param {KeyboardEvent} event */
function keepInside(root, event) {
  /** @type {NodeListOf<HTMLElement>} */
  const all = root.querySelectorAll('button:enabled, select:enabled, input:enabled, summary, a[href]');
  const stops = [...all].filter(isDrawn);
  const first = stops[0];
  const last = stops[stops.length - 1];
  if (!first || !last) return;
  const active = document.activeElement;
  const outside = active === root || !root.contains(active);
  if (event.shiftKey ? active === first || outside : active === last) {
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
}

/** Safari has checkVisibility since 17.4. @param {HTMLElement} element */
function isDrawn(element) {
  return 'checkVisibility' in element ? element.checkVisibility() : /** @type {HTMLElement} */ (element).getClientRects().length > 0;
}
