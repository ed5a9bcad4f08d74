"use client";
/** The decoder's field, typable from the server's HTML on; what reads the token comes right after it. Keeps the token in this tab's memory only. */
import { type ComponentType, type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import { takeHandedToken } from "@/components/token/handoff";
import { Button } from "@/components/ui/button";
import { Field, Textarea } from "@/components/ui/field";
import { groupDigits } from "@/lib/text/group-digits";
import type { DecodeResultProps } from "./decode-result";
import type { DecodeSources } from "./decode-sources";

/** A field that holds more than this stands still while the browser lays it out: it then shows the beginning only. */
const SHOWN_IN_FIELD = 2_000;
const LONG_FROM = 100_000;

export function DecodeDesk({
  result,
  children,
}: {
  result: Pick<DecodeResultProps, "inspect" | "mayIssue" | "scan">;
  /** What stands where the answer will be. */
  children: ReactNode;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [pasted, setPasted] = useState("");
  // Loaded once the field works, also without anything typed: the decoder must go on when the network does not.
  const [Result, setResult] = useState<ComponentType<DecodeResultProps>>();
  const [Scan, setScan] = useState<DecodeResultProps["Scan"]>();
  const [Sources, setSources] = useState<typeof DecodeSources>();
  const [fileName, setFileName] = useState<string>();
  // The list from which the token in the field was opened.
  const [list, setList] = useState<{ text: string; fileName: string | undefined }>();

  // Also what was typed before this script ran.
  const begin = useEffectEvent(() => take(takeHandedToken() ?? field.current?.value ?? ""));
  useEffect(() => {
    begin();
    import("./decode-sources").then((module) => setSources(() => module.DecodeSources));
    import("./decode-result")
      .then(({ DecodeResult, loadScanResult }) => {
        setResult(() => DecodeResult);
        return loadScanResult();
      })
      .then(({ ScanResult }) => setScan(() => ScanResult));
  }, []);

  function take(text: string) {
    const box = field.current;
    if (!box) return;
    const long = text.length > LONG_FROM;
    const shown = long ? text.slice(0, SHOWN_IN_FIELD) : text;
    if (box.value !== shown) {
      box.value = shown;
      box.setSelectionRange(0, 0);
    }
    // What is shown of a long text is not the text: editing it would lose the rest.
    box.readOnly = long;
    setPasted(text);
    setFileName(undefined);
  }

  function put(text: string, file?: string) {
    take(text);
    setFileName(file);
    field.current?.focus();
  }

  function open(token: string) {
    setList({ text: pasted, fileName });
    put(token);
  }

  return (
    <div className="grid items-start gap-x-8 gap-y-6 lg:grid-cols-2 lg:grid-rows-[auto_1fr]">
      <div className="min-w-0">
        <Field
          id="token"
          label="Token"
          className="mb-2!"
          help={
            pasted.length > LONG_FROM
              ? `${groupDigits(pasted.length)} characters; the field shows the beginning. Paste or clear to go on.`
              : undefined
          }
        >
          {(control) => (
            <Textarea
              {...control}
              ref={field}
              mono
              rows={3}
              autoFocus
              autoComplete="off"
              placeholder="eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9…"
              className="max-h-40"
              onInput={(event) => take(event.currentTarget.value)}
              onPaste={(event) => {
                if (!event.currentTarget.readOnly) return;
                event.preventDefault();
                take(event.clipboardData.getData("text/plain"));
              }}
            />
          )}
        </Field>
        <div className="flex min-h-8 flex-wrap gap-2 max-md:min-h-9">
          {Sources ? <Sources onText={put} /> : null}
          {pasted ? (
            <Button
              size="sm"
              variant="ghost"
              onClick={() => {
                setList(undefined);
                put("");
              }}
            >
              Clear
            </Button>
          ) : null}
          {list && list.text !== pasted ? (
            <Button size="sm" icon="arrow-left" onClick={() => put(list.text, list.fileName)}>
              Back to the list
            </Button>
          ) : null}
        </div>
      </div>
      {pasted && Result ? (
        <Result pasted={pasted} fileName={fileName} Scan={Scan} onOpen={open} {...result} />
      ) : (
        <div className="min-w-0 lg:row-span-2">{children}</div>
      )}
    </div>
  );
}
