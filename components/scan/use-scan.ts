"use client";
/** Scans a text in a worker: how far it is, then what it found. */
import { startTransition, useEffect, useRef, useState } from "react";
import { getNow } from "@/components/time/now-store";
import type { KnownSecret } from "@/lib/scan/flag-secrets";
import { type Scan, type ScannedToken, scanText } from "@/lib/scan/scan";
import type { ScanMessage, ScanRequest } from "./scan-worker";

export type ScanProgress =
  | { state: "working"; read: number; of: number }
  | { state: "done"; scan: Scan }
  | { state: "failed" };

/** Less than this is scanned here, at once. */
const WORKER_FROM = 100_000;

const begun: ScanProgress = { state: "working", read: 0, of: 0 };

export function useScan(text: string, fingerprints: readonly KnownSecret[]): ScanProgress {
  const [known, setKnown] = useState<{ text: string; progress: ScanProgress }>();
  // A page that is rendered again brings a new array with the same content: no reason to scan again.
  const latest = useRef(fingerprints);
  useEffect(() => {
    latest.current = fingerprints;
  });

  useEffect(() => {
    const tokens: ScannedToken[] = [];
    let current = true;
    const tell = (progress: ScanProgress) => {
      if (current) setKnown({ text, progress });
    };
    const scanHere = () =>
      scanText(text, { now: getNow(), fingerprints: latest.current }).then(
        (scan) => tell({ state: "done", scan }),
        () => tell({ state: "failed" }),
      );
    if (text.length < WORKER_FROM) {
      scanHere();
      return () => {
        current = false;
      };
    }
    const worker = new Worker(new URL("./scan-worker.ts", import.meta.url), { type: "module" });
    // Its script is asked for when it is needed, and then the network may be off: better to stand still a moment.
    worker.onerror = scanHere;
    worker.onmessage = ({ data }: MessageEvent<ScanMessage>) => {
      if (data.kind === "progress") tell({ state: "working", read: data.read, of: data.of });
      else if (data.kind === "tokens") tokens.push(...data.tokens);
      else if (data.kind === "done") {
        // Hundreds of rows: rendered in pieces, so that the page stays awake.
        startTransition(() => tell({ state: "done", scan: { tokens, ...data.rest } }));
      } else tell({ state: "failed" });
    };
    worker.postMessage({ text, now: getNow(), fingerprints: latest.current } satisfies ScanRequest);
    return () => {
      current = false;
      worker.terminate();
    };
  }, [text]);

  return known?.text === text ? known.progress : begun;
}
