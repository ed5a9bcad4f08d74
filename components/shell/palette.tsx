"use client";
/** Finds pages, templates, keys, cases, members and tokens by words in any order, and goes there; a pasted token goes to the decoder and stays in this browser. */
import { type RefObject, useEffect, useEffectEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "@/components/ui/icon";
import { Modal } from "@/components/ui/modal";
import type { ActionResult } from "@/lib/action-result";
import { isHash } from "@/lib/audit/schema";
import { findTokens as tokensIn } from "@/lib/jwt/find-tokens";
import { heldIn, looksHeld, SHORTEST_SECRET } from "@/lib/scan/held-in";
import { counted } from "@/lib/text/counted";
import { matchWords } from "@/lib/text/match-words";
import { tokenNumberIn } from "@/lib/text/token-number";
import type { Destinations, FoundToken } from "@/lib/tokens/destinations";
import { useCommandKey } from "./command-key";
import { go } from "./navigation";
import { decodeRow, groupsFor, type PalettePage, type Row, TOKEN, tokensAsked } from "./palette-rows";

export type PaletteProps = {
  /** Of the navigation. */
  pages: readonly PalettePage[];
  mayIssue: boolean;
  /** Whoever looks. */
  memberId: string;
  list: () => Promise<ActionResult<Destinations>>;
  /** Absent for who may not read the ledger. */
  findTokens: ((input: { number: number; members?: string[] }) => Promise<ActionResult<FoundToken[]>>) | undefined;
  /** What was typed before it was there, with a line break for Enter; it is taken out. */
  typed: RefObject<string>;
  /** In its place. */
  showShortcuts: () => void;
  onClose: () => void;
};

const NONE: Destinations = {
  keys: [],
  templates: [],
  cases: [],
  members: [],
  endpoints: [],
  credentials: [],
  fingerprints: [],
};

/** The audit log is asked for no more. */
const MOST_SEARCHED = 200;

const NOT_SEARCHED = "Nothing is called that, and what looks like a secret or a part of a token is not searched for.";

/** Kept while the tab lives: the next opening shows it at once, and asks anew. To who signs in after them it is nothing. */
let known = { memberId: "", destinations: NONE };

export default function Palette({
  pages,
  mayIssue,
  memberId,
  list,
  findTokens,
  typed,
  showShortcuts,
  onClose,
}: PaletteProps) {
  const [query, setQuery] = useState("");
  const [pasted, setPasted] = useState<string>();
  const [active, setActive] = useState(0);
  const [destinations, setDestinations] = useState(known.memberId === memberId ? known.destinations : NONE);
  /** Whether Enter was pressed before it was there, and nothing since. */
  const [entered, setEntered] = useState(false);
  const [listed, setListed] = useState(false);
  const [found, setFound] = useState<{ asked: string; tokens: FoundToken[] }>();
  const command = useCommandKey();
  const listId = useId();
  const box = useRef<HTMLDivElement>(null);

  // Drawn before the field hears its first key, which is added to it.
  useLayoutEffect(() => {
    const before = typed.current;
    typed.current = "";
    const [words = "", enter] = before.split("\n", 2);
    if (words) setQuery((now) => words + now);
    if (enter !== undefined) setEntered(true);
  }, [typed]);

  useEffect(() => {
    let here = true;
    // Without the server there are still the pages.
    list().then(
      (result) => {
        if (!here) return;
        setListed(true);
        if (!result.ok) return;
        known = { memberId, destinations: result.data };
        setDestinations(result.data);
      },
      () => here && setListed(true),
    );
    return () => {
      here = false;
    };
  }, [list, memberId]);

  const words = query.trim();
  const number = tokenNumberIn(words);
  // As text, which is the same as long as the same is asked for.
  const asked = JSON.stringify(number === undefined ? tokensAsked(words, destinations) : { number });
  useEffect(() => {
    if (asked === undefined || !findTokens) return setFound(undefined);
    let here = true;
    findTokens(JSON.parse(asked)).then(
      (result) => here && setFound({ asked, tokens: result.ok ? result.data : [] }),
      () => here && setFound({ asked, tokens: [] }),
    );
    return () => {
      here = false;
    };
  }, [asked, findTokens]);

  // What is searched for becomes an address, in which no secret and no token may stand.
  const [harmless, setHarmless] = useState("");
  useEffect(() => {
    // Until the fingerprints are here, nothing is known.
    if (words.length < SHORTEST_SECRET || words.length > MOST_SEARCHED || destinations === NONE) return;
    let here = true;
    heldIn(words, destinations.fingerprints).then((held) => {
      if (here && (!held || (held.what === "secret" && isHash(words)))) setHarmless(words);
    });
    return () => {
      here = false;
    };
  }, [words, destinations]);
  const searchable = words.length < SHORTEST_SECRET ? !looksHeld(words) : words === harmless;

  const text = pasted ?? words;
  const isToken = TOKEN.test(text) || tokensIn(text).length > 0;
  const groups = isToken
    ? [{ title: "Pasted", rows: [decodeRow(text)] }]
    : groupsFor(words, {
        pages,
        mayIssue,
        destinations,
        showShortcuts,
        searchable,
        tokens: found && found.asked === asked ? found.tokens : [],
        everythingHint: <kbd className="key max-sm:hidden">{command}↵</kbd>,
      });
  const rows = groups.flatMap((group) => group.rows);
  const chosen = rows[Math.min(active, rows.length - 1)];
  const optionId = (row: Row) => `${listId}-${row.id}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another row is chosen, or other rows stand there
  useEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active, query]);

  function follow(row: Row | undefined, elsewhere = false) {
    if (!row) return;
    if (elsewhere && !row.take) {
      window.open(row.href, "_blank", "noreferrer");
      return;
    }
    onClose();
    if (row.take?.()) return;
    go(row.href);
  }

  // An Enter that came before goes where it would have gone once all is known.
  const settled = listed && (asked === undefined || !findTokens || found?.asked === asked);
  const followEntered = useEffectEvent(() => {
    setEntered(false);
    if (words) follow(chosen);
  });
  useEffect(() => {
    if (entered && settled) followEntered();
  }, [entered, settled]);

  function onKeyDown(event: React.KeyboardEvent) {
    setEntered(false);
    const last = rows.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: active >= last ? 0 : active + 1,
      ArrowUp: active <= 0 ? last : active - 1,
      PageDown: last,
      PageUp: 0,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setActive(Math.max(0, to));
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      const everything = event.ctrlKey || event.metaKey;
      follow(everything && !isToken && searchable && words ? rows.at(-1) : chosen);
    } else if (event.key.toUpperCase() === "K" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onClose();
    }
  }

  return (
    <Modal label="Find or go to" className="palette" onClose={onClose}>
      <div className="palette-head">
        <Icon name="search" size={18} className="text-soft" />
        <input
          role="combobox"
          aria-label="Find or go to"
          aria-expanded={rows.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen ? optionId(chosen) : undefined}
          placeholder="Page, name, 2900, or a token"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setPasted(undefined);
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
          onPaste={(event) => {
            const whole = event.clipboardData.getData("text");
            if (!TOKEN.test(whole)) return;
            // A field of one line would take its line breaks out.
            event.preventDefault();
            setPasted(whole);
            setQuery(whole.trim().replace(/\s+/g, " ").slice(0, 200));
            setActive(0);
          }}
        />
        <button type="button" aria-label="Close" onClick={onClose} className="rounded-md p-1">
          <kbd className="key max-sm:hidden">esc</kbd>
          <Icon name="cross" className="sm:hidden" />
        </button>
      </div>
      <div className="palette-rows" ref={box}>
        <div role="listbox" id={listId} aria-label="What was found">
          {groups.map((group) => (
            // biome-ignore lint/a11y/useSemanticElements: a listbox groups its options so
            <div key={group.title} role="group" aria-label={group.title}>
              <p className="palette-title" aria-hidden="true">
                {group.title}
              </p>
              {group.rows.map((row) => (
                // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, and names the row that is chosen
                // biome-ignore lint/a11y/useKeyWithClickEvents: as above, Enter goes to the row that is chosen
                <div
                  key={row.id}
                  id={optionId(row)}
                  role="option"
                  aria-selected={row === chosen}
                  className="palette-row"
                  onMouseMove={() => setActive(rows.indexOf(row))}
                  onClick={(event) => follow(row, event.ctrlKey || event.metaKey)}
                >
                  <Icon name={row.icon} />
                  <span className="palette-label">
                    <Marked text={row.label} words={row.id === "audit" || row.id === "decode" ? "" : words} />
                  </span>
                  <span className="palette-note">{row.note ? <Marked text={row.note} words={words} /> : null}</span>
                  {row.aside ? <span className="palette-aside">{row.aside}</span> : null}
                </div>
              ))}
            </div>
          ))}
        </div>
        {rows.length === 0 ? (
          <p className="px-4 py-3 text-soft">{searchable ? "Nothing is called that." : NOT_SEARCHED}</p>
        ) : null}
      </div>
      <p role="status" className="sr-only">
        {counted(rows.length, "result")}
      </p>
      <div className="palette-foot" aria-hidden="true">
        <span>
          <kbd className="key">↑</kbd> <kbd className="key">↓</kbd> choose
        </span>
        <span>
          <kbd className="key">↵</kbd> open
        </span>
        <span className="ml-auto max-sm:hidden">Paste a token to decode it. It stays in this browser.</span>
      </div>
    </Modal>
  );
}

/** A text with what was typed marked in it. */
function Marked({ text, words }: { text: string; words: string }) {
  const shown: React.ReactNode[] = [];
  let end = 0;
  // Each word for itself: of several, some may stand in another text of the row.
  for (const [from, to] of words
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((word) => matchWords(word, [text])?.ranges[0] ?? [])
    .sort((a, b) => a[0] - b[0])) {
    if (from < end) continue;
    shown.push(text.slice(end, from), <mark key={from}>{text.slice(from, to)}</mark>);
    end = to;
  }
  return (
    <bdi>
      {shown}
      {text.slice(end)}
    </bdi>
  );
}
