"use client";
/** Takes a text file that is chosen, or dropped anywhere on the page, and reads it in this browser; refuses more than 10 MB, or than is said. */
import { type ChangeEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { groupDigits } from "@/lib/text/group-digits";
import { textIn } from "@/lib/text/utf16";
import { makeVisible } from "@/lib/text/visible";

const MOST_BYTES = 10 * 1024 * 1024;

const megabytes = (bytes: number) => `${groupDigits(Math.ceil((bytes / 1024 / 1024) * 10) / 10)} MB`;

const readText = async (file: File): Promise<string> => textIn(new Uint8Array(await file.arrayBuffer()));

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

export function FileDrop({
  onText,
  read = readText,
  remedyFor,
  label = "Choose a file or log…",
  mostBytes = MOST_BYTES,
  refuses,
}: {
  onText: (text: string, fileName: string) => void;
  /** Rejects what is no text. */
  read?: (file: File) => Promise<string>;
  /** What helps with a file that was rejected or is too long, by its name; undefined: nothing that is known. */
  remedyFor?: (fileName: string) => string | undefined;
  label?: string;
  mostBytes?: number;
  /** Why none is taken for the time being. */
  refuses?: string | undefined;
}) {
  const [message, setMessage] = useState("");
  const [refusal, setRefusal] = useState("");
  const [over, setOver] = useState(false);
  const refusesNow = useRef(refuses);
  refusesNow.current = refuses;

  async function take(files: FileList | null | undefined) {
    const file = files?.[0];
    if (!file) return;
    setRefusal(refuses ?? "");
    if (refuses) return;
    // Whoever made the file named it, and what cannot be seen in a name would turn or hide our words around it.
    const name = makeVisible(file.name);
    if ((files?.length ?? 0) > 1) return setRefusal("Those are several files. Take one at a time.");
    const known = remedyFor?.(name);
    const refuseAsNoText = (remedy: string) => setRefusal(`“${name}” could not be read as text. ${remedy}`);
    if (file.size > mostBytes) {
      // Pieces of it would be read no better.
      if (known) return refuseAsNoText(known);
      const most = megabytes(mostBytes);
      return setRefusal(`“${name}” has ${megabytes(file.size)}; at most ${most} are read here. Cut it into pieces.`);
    }
    setMessage(`Reading “${name}”, ${megabytes(file.size)}.`);
    try {
      const text = await read(file);
      if (text === "") return setRefusal(`“${name}” is empty.`);
      // Reading it took a while.
      if (refusesNow.current) return setRefusal(refusesNow.current);
      onText(text, name);
    } catch {
      refuseAsNoText(known ?? "A folder or a picture can't be; otherwise choose the file again.");
    } finally {
      setMessage("");
    }
  }
  const onDrop = useEffectEvent((event: DragEvent) => take(event.dataTransfer?.files));

  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    // Without a next element the pointer has left the window.
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    // Also where nobody would take it: the browser would leave the page and open the file.
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      onDrop(event);
    };
    document.addEventListener("dragenter", drag);
    document.addEventListener("dragover", drag);
    document.addEventListener("dragleave", leave);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("dragenter", drag);
      document.removeEventListener("dragover", drag);
      document.removeEventListener("dragleave", leave);
      document.removeEventListener("drop", drop);
    };
  }, []);

  function onChange({ currentTarget }: ChangeEvent<HTMLInputElement>) {
    take(currentTarget.files).finally(() => {
      // The same file may be chosen again after it was changed.
      currentTarget.value = "";
    });
  }

  return (
    <>
      <label
        inert={refuses !== undefined}
        className={buttonClass(
          "ghost",
          "sm",
          "cursor-pointer inert:opacity-60 has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2",
        )}
      >
        <input type="file" onChange={onChange} className="sr-only" />
        <Icon name="audit" />
        {label}
      </label>
      <span role="status" className="self-center text-small text-soft empty:absolute">
        {message}
      </span>
      <span role="alert" className="text-bad text-small not-empty:basis-full empty:absolute">
        {refusal}
      </span>
      {over ? (
        <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-paper/85 p-6">
          <p className="rounded-[14px] border-2 border-accent border-dashed bg-surface px-8 py-6 text-center font-semibold text-say">
            Drop a file of at most {megabytes(mostBytes)}
            <span className="block font-normal text-body text-soft">It is read in this browser and sent nowhere.</span>
          </p>
        </div>
      ) : null}
    </>
  );
}
