"use client";
/** Turns the two-key shortcuts off for those whose assistive technology types letters; remembered in this browser. */
import { useEffect, useState } from "react";

const NAME = "shortcuts";

function apply(on: boolean) {
  if (on) delete document.documentElement.dataset.shortcuts;
  else document.documentElement.dataset.shortcuts = "off";
}

export function ShortcutSwitch() {
  const [on, setOn] = useState(true);
  useEffect(() => {
    try {
      const remembered = localStorage.getItem(NAME) !== "off";
      setOn(remembered);
      apply(remembered);
    } catch {
      // Storage may be forbidden; then shortcuts are on.
    }
  }, []);
  return (
    <label className="flex min-h-7 cursor-pointer items-center gap-2 px-1 text-caption text-soft max-md:hidden">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => {
          const next = event.currentTarget.checked;
          setOn(next);
          apply(next);
          try {
            localStorage.setItem(NAME, next ? "on" : "off");
          } catch {
            // As above.
          }
        }}
      />
      Hotkeys
    </label>
  );
}
