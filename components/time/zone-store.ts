/** The time zone in which this reader wants to see instants: remembered in the browser, shared by all its tabs. */
import { useSyncExternalStore } from "react";

export type Zone = "local" | "utc";

const NAME = "zone";
const listeners = new Set<() => void>();

function read(): Zone {
  try {
    return localStorage.getItem(NAME) === "utc" ? "utc" : "local";
  } catch {
    return "local";
  }
}

function onStorage(event: StorageEvent) {
  if (event.key === NAME || event.key === null) for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  if (listeners.size === 0) window.addEventListener("storage", onStorage);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("storage", onStorage);
  };
}

export function setZone(zone: Zone) {
  try {
    localStorage.setItem(NAME, zone);
  } catch {
    // Storage may be forbidden; the switch then simply stays where it is.
  }
  for (const listener of listeners) listener();
}

/** The server doesn't know the reader's zone: it says UTC, and so does the first client render. */
export function useZone(): Zone {
  return useSyncExternalStore(subscribe, read, () => "utc" as const);
}
