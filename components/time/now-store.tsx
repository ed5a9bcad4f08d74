"use client";
/** One clock for the whole page, the server's where this device's is wrong: ticks once a second while something watches it and the tab is visible. */
import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
/** Seconds by which the server's clock is ahead of this device's. What is good and what is over goes by the server's. */
let ahead = 0;
let now = readClock();
let timer: ReturnType<typeof setTimeout> | undefined;

/** An instant in whole seconds is that much too early, and an answer takes a while. */
const SLACK_SECONDS = 2;

function readClock() {
  return Math.floor(Date.now() / 1000 + ahead);
}

/** @param instant by the server's clock, in seconds since 1970 @param asked between these two, by this device's, in milliseconds */
export function agreeWith(instant: number, asked: number, answered = Date.now()) {
  const isRight = instant > asked / 1000 - SLACK_SECONDS && instant < answered / 1000 + SLACK_SECONDS;
  const next = isRight ? 0 : instant - answered / 1000;
  // Else it would jump to and fro by what each answer takes.
  if (next !== 0 && Math.abs(next - ahead) <= SLACK_SECONDS) return;
  if (next === ahead) return;
  ahead = next;
  tick();
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

/** A page that was not asked for just now, but kept by the browser, tells the time of then. */
function agreeWithRequest(instant: number) {
  if (typeof window === "undefined") return;
  const [asked] = performance.getEntriesByType("navigation");
  if (!(asked instanceof PerformanceNavigationTiming) || asked.transferSize === 0) return;
  agreeWith(instant, performance.timeOrigin + asked.requestStart, performance.timeOrigin + asked.responseStart);
}

/** Put in the root layout with the instant of the request, so that server and first client render tell the same time. */
export function NowProvider({ now, children }: { now: number; children: ReactNode }) {
  // Before anything on the page reads the clock.
  useState(() => agreeWithRequest(now));
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
