"use client";
/** Whether what asked for something is still in the page when the answer comes: what it would show reaches nobody otherwise. */
import { useEffect, useRef } from "react";

export function useIsHere(): () => boolean {
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return () => here.current;
}
