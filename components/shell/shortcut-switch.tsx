"use client";
/** Turns the shortcuts of single letters off for those whose assistive technology types letters; remembered in this browser. */
import { useEffect, useState } from "react";
import { Icon } from "@/components/ui/icon";

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
    <label className="account-row cursor-pointer">
      <Icon name="keyboard" className="invisible" />
      Single-key shortcuts
      <input
        type="checkbox"
        className="ml-auto size-4"
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
    </label>
  );
}
