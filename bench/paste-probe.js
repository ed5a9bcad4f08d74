/** Runs in the page: pastes a text by the field's own input event, and tells when the verdict is painted and how long the page stood still. */
async (text) => {
  const field = document.querySelector("textarea");
  const verdict = () => document.querySelector('section[aria-label="Verdict"] h2');
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  let longestBlock = 0;
  let last = performance.now();
  let watching = true;
  // A message comes back as soon as the main thread is free: the gaps between two are the blocks.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    longestBlock = Math.max(longestBlock, performance.now() - last);
    last = performance.now();
    if (watching) port2.postMessage(0);
  };
  await painted();
  last = performance.now();
  port2.postMessage(0);
  const start = performance.now();
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text);
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
  while (!verdict()) await new Promise((resolve) => setTimeout(resolve));
  await painted();
  const total = performance.now() - start;
  await new Promise((resolve) => setTimeout(resolve, 300));
  watching = false;
  return { painted: total, longestBlock };
};
