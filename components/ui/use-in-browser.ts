"use client";
/** Tells what a browser knows from the first and the server does not. It is asked for once React runs, so that the first rendering is the server's. */
import { useSyncExternalStore } from "react";

/** Most of it nothing changes afterwards. */
const subscribeToNothing = () => () => {};

/** @param subscribe to what changes it, where something does */
export function useInBrowser<Value>(
  known: () => Value,
  onServer: Value,
  subscribe: (onChange: () => void) => () => void = subscribeToNothing,
): Value {
  return useSyncExternalStore(subscribe, known, () => onServer);
}
