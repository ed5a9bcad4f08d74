"use client";
/** Hears of each step back or forth before Next does, which would draw the other page at once: what is in the document is there before the router around it listens, and the window tells in that order. */
import { useLayoutEffect } from "react";
import { tellMove, tellStep } from "./leaving";

export function StepKeeper() {
  useLayoutEffect(() => {
    // Not every browser has it.
    const { navigation } = window;
    navigation?.addEventListener("currententrychange", tellMove);
    window.addEventListener("popstate", tellStep);
    return () => {
      navigation?.removeEventListener("currententrychange", tellMove);
      window.removeEventListener("popstate", tellStep);
    };
  }, []);
  return null;
}
