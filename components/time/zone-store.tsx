"use client";
/** The time zone in which this reader sees instants: a cookie remembers it, so that the server draws them in it; all tabs share it. */
import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from "react";
import { ASKED_FOR_UTC, UTC, ZONE_COOKIE, type Zone, zoneOf } from "@/lib/text/zone";

const YEAR_SECONDS = 31_536_000;

const listeners = new Set<() => void>();
/** Undefined until the browser has been asked. */
let current: Zone | undefined;
/** Whether by choice: a browser's own zone may be UTC, too. */
let askedForUtc = false;
let otherTabs: BroadcastChannel | undefined;

/** The name of the browser's own zone. */
export function ownZone(): Zone {
  return zoneOf(Intl.DateTimeFormat().resolvedOptions().timeZone) ?? UTC;
}

function readCookie(): string | undefined {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${ZONE_COOKIE}=`));
  return found === undefined ? undefined : decodeURIComponent(found.slice(ZONE_COOKIE.length + 1));
}

function remember(value: string) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http
  document.cookie = `${ZONE_COOKIE}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
}

function show(utc: boolean) {
  askedForUtc = utc;
  current = utc ? UTC : ownZone();
  for (const listener of listeners) listener();
}

/** Whoever has not asked for UTC is told the time of where the browser is now. */
function follow() {
  const cookie = readCookie();
  const utc = cookie === ASKED_FOR_UTC;
  if (!utc && cookie !== ownZone()) remember(ownZone());
  show(utc);
}

function subscribe(listener: () => void) {
  if (listeners.size === 0) {
    otherTabs = new BroadcastChannel("claimcheck-zone");
    // The choice itself: another tab may still read the cookie of before.
    otherTabs.onmessage = ({ data }) => show(data === "utc");
    // What another tab chose between this page's first look and now was not heard.
    if (current !== undefined) follow();
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) otherTabs?.close();
  };
}

export function chooseZone(choice: "own" | "utc") {
  remember(choice === "utc" ? ASKED_FOR_UTC : ownZone());
  show(choice === "utc");
  otherTabs?.postMessage(choice);
}

const RequestZone = createContext(UTC);

/** Put in the root layout with the zone of the request, so that server and first client render tell the same time. The browser's own is remembered where none was. */
export function ZoneProvider({ zone, children }: { zone: Zone; children: ReactNode }) {
  useEffect(follow, []);
  return <RequestZone value={zone}>{children}</RequestZone>;
}

/** UTC where the reader's is not known yet. */
export function useZone(): Zone {
  const requested = useContext(RequestZone);
  return useSyncExternalStore(
    subscribe,
    () => current ?? requested,
    () => requested,
  );
}

/** Whether the reader asked for UTC. */
export function useAskedForUtc(): boolean {
  const requested = useContext(RequestZone) === UTC;
  return useSyncExternalStore(
    subscribe,
    () => (current === undefined ? requested : askedForUtc),
    () => requested,
  );
}
