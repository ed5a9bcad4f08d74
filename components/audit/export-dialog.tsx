"use client";
/** Exports what is shown: the server streams it, and this says how far it is. */
import { useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { readAnswer } from "@/components/ui/read-answer";
import { Segmented } from "@/components/ui/segmented";
import type { AuditFilters } from "@/lib/audit/schema";
import { counted } from "@/lib/text/counted";
import { groupDigits } from "@/lib/text/group-digits";
import { recordCounter } from "@/lib/text/record-counter";

type Format = "csv" | "jsonl";

type State =
  | { step: "idle" }
  | { step: "running"; events: number; of: number | undefined }
  | { step: "done"; events: number; fileName: string }
  | { step: "failed"; reason: string };

const UNREACHABLE = "The server could not be reached to its end. Nothing was saved: try again in a moment.";

export function ExportDialog({
  filters,
  what,
  zone,
}: {
  /** Without the page. */
  filters: Partial<AuditFilters>;
  /** What they ask for, in words. */
  what: readonly string[];
  zone: string;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const stop = useRef<AbortController>(undefined);
  const title = useId();
  const [format, setFormat] = useState<Format>("csv");
  const [state, setState] = useState<State>({ step: "idle" });

  async function run() {
    stop.current = new AbortController();
    setState({ step: "running", events: 0, of: undefined });
    try {
      const response = await fetch("/audit/export", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...filters, zone, format }),
        signal: stop.current.signal,
      });
      const announced = response.headers.get("x-events");
      if (!response.ok || !response.body || announced === null) {
        const answer = await readAnswer(response);
        return setState({ step: "failed", reason: answer && !answer.ok ? answer.error.message : UNREACHABLE });
      }
      const of = Number(announced);
      const fileName =
        /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? `audit.${format}`;
      const decoder = new TextDecoder();
      const count = recordCounter(format);
      const pieces: Uint8Array<ArrayBuffer>[] = [];
      let events = 0;
      const reader = response.body.getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        pieces.push(piece.value);
        events = count(decoder.decode(piece.value, { stream: true }));
        setState({ step: "running", events, of });
      }
      if (events !== of) return setState({ step: "failed", reason: UNREACHABLE });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(pieces, { type: response.headers.get("content-type") ?? "" }));
      link.download = fileName;
      link.click();
      // The download has its own hold on the data once it has begun.
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      setState({ step: "done", events, fileName });
    } catch {
      setState(stop.current.signal.aborted ? { step: "idle" } : { step: "failed", reason: UNREACHABLE });
    }
  }

  const running = state.step === "running";
  return (
    <>
      <Button
        icon="download"
        className="print:hidden"
        onClick={() => {
          setState({ step: "idle" });
          dialog.current?.showModal();
        }}
      >
        Export…
      </Button>
      <dialog ref={dialog} aria-labelledby={title} className="dialog" onClose={() => stop.current?.abort()}>
        <div className="flex flex-col gap-3 px-5 pt-5 pb-4">
          <h2 id={title} className="font-semibold text-[1.0625rem] tracking-tight">
            Export the audit log
          </h2>
          <p className="text-soft">
            {what.length > 0 ? `What is asked for now, on all pages: ${what.join(", ")}.` : "All of it."} Times are UTC.
            No token and no secret is in it; that you take it is recorded.
          </p>
          <Segmented
            label="Format"
            value={format}
            segments={[
              { value: "csv", label: "CSV" },
              { value: "jsonl", label: "JSON lines" },
            ]}
            onChange={setFormat}
          />
          <div role="status">
            {running ? (
              <div className="flex flex-col gap-1.5 text-small text-soft">
                <progress
                  className="export-progress"
                  aria-label="Exported"
                  max={state.of || 1}
                  value={state.of ? state.events : undefined}
                />
                {state.of === undefined ? "Counting…" : `${groupDigits(state.events)} of ${counted(state.of, "event")}`}
              </div>
            ) : state.step === "done" ? (
              <Notice tone="ok">
                {counted(state.events, "event")} saved as {state.fileName}.
              </Notice>
            ) : null}
          </div>
          {state.step === "failed" ? (
            <Notice tone="bad" role="alert">
              {state.reason}
            </Notice>
          ) : null}
        </div>
        <div className="flex justify-end gap-2 border-line border-t bg-sunken px-5 py-3">
          <Button onClick={() => dialog.current?.close()}>{state.step === "done" ? "Close" : "Cancel"}</Button>
          <Button variant="primary" pending={running} onClick={run}>
            Export
          </Button>
        </div>
      </dialog>
    </>
  );
}
