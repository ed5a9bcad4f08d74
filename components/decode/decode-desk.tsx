"use client";
/** The decoder's page: its field, typable from the server's HTML on, and what reads the token, which comes right after it. Keeps the token in this tab's memory only; takes what is pasted anywhere on the page. */
import { type ComponentType, type ReactNode, useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { takeHandedToken } from "@/components/token/handoff";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { groupDigits } from "@/lib/text/group-digits";
import type { DecodeResultProps } from "./decode-result";
import type { DecodeSources } from "./decode-sources";
import { drawableOf } from "./drawable";
import { TokenField } from "./token-field";

/** A piece that somebody pastes into a token that they edit is shorter. */
const TYPED_BY_PASTING = 16;
/** The page is quiet by then. */
const LATER_MS = 2_000;

/** Whether what is pasted there belongs there. */
function takesText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches("input, textarea, select") || target.isContentEditable);
}

export function DecodeDesk({
  result,
  children,
}: {
  result: Pick<DecodeResultProps, "inspect" | "mayIssue" | "mayRead" | "scan" | "keys" | "sayElsewhere">;
  /** What stands where the answer will be. */
  children: ReactNode;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [layer, setLayer] = useState<HTMLElement | null>(null);
  const [pointedAt, setPointedAt] = useState<number>();
  const [pasted, setPasted] = useState("");
  // Loaded once the field works, also without anything typed: the decoder must go on when the network does not.
  const [Result, setResult] = useState<ComponentType<DecodeResultProps>>();
  const [Sources, setSources] = useState<typeof DecodeSources>();
  const [fileName, setFileName] = useState<string>();
  // The list from which the token in the field was opened.
  const [list, setList] = useState<{ text: string; fileName: string | undefined }>();

  // Also what was typed before this script ran.
  const begin = useEffectEvent(() => take(takeHandedToken() ?? field.current?.value ?? ""));
  useEffect(() => {
    begin();
    let timer: ReturnType<typeof setTimeout>;
    import("./decode-result").then(({ DecodeResult, DecodeSources, loadList }) => {
      setSources(() => DecodeSources);
      setResult(() => DecodeResult);
      // Hardly anybody needs it at once: it comes when nothing else does, and goes on without the network, too.
      timer = setTimeout(loadList, LATER_MS);
    });
    return () => clearTimeout(timer);
  }, []);

  const pasteAnywhere = useEffectEvent((event: ClipboardEvent) => {
    const text = event.clipboardData?.getData("text/plain");
    if (!text || event.defaultPrevented || takesText(event.target)) return;
    event.preventDefault();
    put(text);
  });
  useEffect(() => {
    const listener = (event: ClipboardEvent) => pasteAnywhere(event);
    document.addEventListener("paste", listener);
    return () => document.removeEventListener("paste", listener);
  }, []);

  function take(text: string) {
    const box = field.current;
    if (!box) return;
    const shown = drawableOf(text);
    if (box.value !== shown) {
      box.value = shown;
      box.setSelectionRange(0, 0);
    }
    // Whoever types follows the caret; what was pasted is shown from its beginning.
    if (Math.abs(text.length - pasted.length) > 1) requestAnimationFrame(() => box.scrollTo(0, 0));
    // What is shown of a long text is not the text: editing it would lose the rest.
    box.readOnly = shown.length < text.length;
    setPasted(text);
    setFileName(undefined);
    setPointedAt(undefined);
  }

  function put(text: string, file?: string) {
    take(text);
    setFileName(file);
    field.current?.focus();
  }

  function clear() {
    setList(undefined);
    put("");
  }

  function open(token: string) {
    setList({ text: pasted, fileName });
    put(token);
  }

  const takeLayer = useCallback((element: HTMLElement | null) => setLayer(element), []);
  const filled = pasted !== "";
  const shown = drawableOf(pasted);
  return (
    <>
      <PageHeader
        title="Decode a token"
        lede={
          <span className={filled ? "max-md:hidden" : ""}>
            Paste anywhere on this page{filled ? " to check another" : ""}. It is read in this browser.
          </span>
        }
        actions={
          <div className={`flex min-h-8 flex-wrap gap-2 max-md:min-h-9 ${filled ? "max-md:hidden" : ""}`}>
            {Sources ? <Sources token={pasted} empty={!filled} onText={put} /> : null}
          </div>
        }
        className={filled ? "mb-4 max-md:mb-2.5" : "mb-4"}
      />
      <div className="flex flex-col gap-3.5">
        <TokenField
          id="token"
          label={
            <label htmlFor="token" className="sr-only">
              Token
            </label>
          }
          autoFocus
          field={field}
          layer={takeLayer}
          text={pasted}
          shown={shown}
          painted={filled && Result !== undefined}
          help={
            shown.length < pasted.length
              ? `${groupDigits(pasted.length)} characters; the field shows the beginning. Paste or clear to go on.`
              : undefined
          }
          onText={take}
          onPaste={(event) => {
            const text = event.clipboardData.getData("text/plain");
            // Typed into, a token would be another one: what is pasted replaces it, unless a part of it is marked.
            const { readOnly, selectionStart, selectionEnd, value } = event.currentTarget;
            const whole = selectionStart === selectionEnd && value !== "" && text.length > TYPED_BY_PASTING;
            if (!readOnly && !whole && drawableOf(text) === text) return;
            event.preventDefault();
            put(text);
          }}
          onClear={clear}
          onPointAt={setPointedAt}
        />
        {list && list.text !== pasted ? (
          <div>
            <Button size="sm" icon="arrow-left" onClick={() => put(list.text, list.fileName)}>
              Back to the list
            </Button>
          </div>
        ) : null}
        {filled && Result && layer ? (
          <Result
            pasted={pasted}
            shown={shown}
            layer={layer}
            pointedAt={pointedAt}
            fileName={fileName}
            onOpen={open}
            onClear={clear}
            {...result}
          />
        ) : (
          children
        )}
      </div>
    </>
  );
}
