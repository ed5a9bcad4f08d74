"use client";
/** Draws a text as a QR code, dark on light; what encodes it is fetched when there is one to draw. */
import { useEffect, useState } from "react";
import { Notice } from "@/components/ui/notice";

/** Modules of light around it, which readers need. */
const QUIET = 4;

export function QrCode({ text, label }: { text: string; label: string }) {
  const [drawn, setDrawn] = useState<{ size: number; path: string }>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let current = true;
    import("uqr").then(
      ({ encode }) => {
        const { data, size } = encode(text, { ecc: "L", border: QUIET });
        const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join("");
        if (current) setDrawn({ size, path });
      },
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [text]);
  if (failed)
    return (
      <Notice tone="bad" role="alert">
        The server could not be reached for what draws it. Everything here is kept: choose another way, and this one
        again in a moment.
      </Notice>
    );
  return (
    <div className="qr">
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${drawn?.size ?? 1} ${drawn?.size ?? 1}`}
        shapeRendering="crispEdges"
        fill="currentColor"
        className="block aspect-square w-full"
      >
        <path d={drawn?.path ?? ""} />
      </svg>
    </div>
  );
}
