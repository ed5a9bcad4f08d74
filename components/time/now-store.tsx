"use client";
/** One clock for the whole page: ticks once a second while something watches it and the tab is visible. */
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let now = readClock();
let timer: ReturnType<typeof setTimeout> | undefined;

function readClock() {
  return Math.floor(Date.now() / 1000);
}

function tick() {
  now = readClock();
  for (const listener of listeners) listener();
  schedule();
}

function schedule() {
  clearTimeout(timer);
  timer = undefined;
  if (listeners.size > 0 && document.visibilityState === "visible")
    timer = setTimeout(tick, 1000 - (Date.now() % 1000));
}

function onVisibilityChange() {
  if (document.visibilityState === "visible") tick();
  else schedule();
}

function subscribe(listener: () => void) {
  if (listeners.size === 0) document.addEventListener("visibilitychange", onVisibilityChange);
  listeners.add(listener);
  if (timer === undefined) {
    now = readClock();
    schedule();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener("visibilitychange", onVisibilityChange);
    schedule();
  };
}

/** Seconds since 1970. A clock that stood still catches up here, but never between two reads of one render. */
export function getNow() {
  if (timer === undefined && Math.abs(readClock() - now) > 1) now = readClock();
  return now;
}

const RequestTime = createContext<number | null>(null);

/** Put in the root layout with the instant of the request, so that server and first client render tell the same time. */
export function NowProvider({ now, children }: { now: number; children: ReactNode }) {
  return <RequestTime value={now}>{children}</RequestTime>;
}

/** What `select` makes of the current second; renders again only when that changes. `null` is passed while the time is unknown. */
export function useNow<T extends string | number | boolean | null>(
  select: (now: number | null) => T,
  given?: number,
): T {
  const requestTime = useContext(RequestTime);
  return useSyncExternalStore(
    subscribe,
    () => select(getNow()),
    () => select(given ?? requestTime),
  );
}
