"use client";
/** Tells what a browser knows from the first and the server does not. It is asked for once React runs, so that the first rendering is the server's. */
import { useSyncExternalStore } from "react";

/** Nothing changes it afterwards. */
const subscribeToNothing = () => () => {};

export function useInBrowser<Value>(known: () => Value, onServer: Value): Value {
  return useSyncExternalStore(subscribeToNothing, known, () => onServer);
}
