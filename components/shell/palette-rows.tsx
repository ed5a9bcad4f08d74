/** What the palette can lead to, as rows in groups: pages, the list of shortcuts, templates, keys, cases, members, endpoints and credentials, one token by its number, and the audit log for all else. Nothing that the navigation keeps from a role. */
import { useNow } from "@/components/time/now-store";
import { Time } from "@/components/time/time";
import { handToken } from "@/components/token/handoff";
import type { IconName } from "@/components/ui/icon";
import { matchWords } from "@/lib/text/match-words";
import { caseName, tokenName } from "@/lib/text/numbered";
import { ANY_ROOM } from "@/lib/text/reach";
import { numberAmongWords } from "@/lib/text/token-number";
import type { Destinations, FoundToken } from "@/lib/tokens/destinations";

/** Of the navigation. */
export type PalettePage = { href: string; label: string; icon: IconName };

export type Row = {
  id: string;
  icon: IconName;
  label: string;
  note?: string;
  /** At the end of the row. */
  aside?: React.ReactNode;
  /** Where it leads; in a new tab as well. */
  href: string;
  /** Done before going there. @returns whether this page took it, and is not left */
  take?: () => boolean;
};

export type Group = { title: string; rows: Row[] };

/** Of what was typed a group shows no more; of the pages, which are few, all. */
const MOST_FOUND = 5;
/** So many where nothing is typed. */
const MOST_LISTED = 7;

/** Three segments, or the beginning of them: enough to keep it in the browser. */
export const TOKEN = /(^|[^\w-])ey[\w-]{8,}\.[\w-]*/;

const auditSearch = (query: string) => `/audit?q=${encodeURIComponent(query)}`;

/** @param words what was typed @returns the groups that have a row for it */
export function groupsFor(
  words: string,
  given: {
    pages: readonly PalettePage[];
    mayIssue: boolean;
    destinations: Destinations;
    showShortcuts: () => void;
    /** Whether the words may stand in an address. */
    searchable: boolean;
    /** Those whose number was typed. */
    tokens: readonly FoundToken[];
    /** Beside the row that searches everything. */
    everythingHint: React.ReactNode;
  },
): Group[] {
  const { pages, destinations, searchable, tokens, everythingHint } = given;
  const mayRead = pages.some(({ href }) => href === "/audit");
  const mayKeep = pages.some(({ href }) => href === "/endpoints");
  const maySign = pages.some(({ href }) => href === "/keys");
  return [
    { title: tokens.length > 1 ? "Tokens" : "Token", rows: tokens.map(tokenRow) },
    {
      title: "Go to",
      rows: matching(
        words,
        places(pages, { mayIssue: given.mayIssue, mayRead, mayKeep, maySign }, given.showShortcuts),
      ),
    },
    ...named(destinations, given.mayIssue).map(({ title, rows }) => ({
      title,
      rows: matching(words, rows).slice(0, words ? MOST_FOUND : MOST_LISTED),
    })),
    { title: "Team", rows: team(words, destinations).slice(0, words ? MOST_FOUND : MOST_LISTED) },
    {
      title: "Search",
      rows:
        words && mayRead && searchable
          ? [
              {
                id: "audit",
                icon: "audit" as const,
                label: `Search the audit log for “${words}”`,
                href: auditSearch(words),
                aside: everythingHint,
              },
            ]
          : [],
    },
  ].filter(({ rows }) => rows.length > 0);
}

export function decodeRow(text: string): Row {
  return {
    id: "decode",
    icon: "decode",
    label: "Decode the pasted token",
    note: "It stays in this browser.",
    href: "/decode",
    take: () => {
      if (window.location.pathname !== "/decode") {
        handToken(text);
        return false;
      }
      // The decoder takes what is pasted anywhere on its page.
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      return true;
    },
  };
}

function tokenRow({ number, kind, who, room, subject, purpose, expiresAt, revoked, sequence }: FoundToken): Row {
  return {
    id: `token-${number}`,
    icon: "issue",
    label: `${tokenName(number)}${kind ? ` ${kind}` : ""}`,
    note: [who, room ?? ANY_ROOM, subject, purpose].filter(Boolean).join(" · "),
    href: `/audit/${sequence}`,
    aside: revoked ? "revoked" : <StateNow expiresAt={expiresAt} />,
  };
}

function StateNow({ expiresAt }: { expiresAt: number }) {
  const over = useNow((at) => at !== null && at >= expiresAt);
  return over ? (
    "expired"
  ) : (
    <>
      active, ends <Time epochSeconds={expiresAt} mode="relative" />
    </>
  );
}

const row = (id: string, icon: IconName, label: string, note: string, href: string): Row => ({
  ...{ id, icon, label, note, href },
});

function places(
  pages: readonly PalettePage[],
  { mayIssue, mayRead, mayKeep, maySign }: Record<"mayIssue" | "mayRead" | "mayKeep" | "maySign", boolean>,
  showShortcuts: () => void,
): Row[] {
  /** What has no place of its own in the navigation. */
  const place = (may: boolean, name: string, ...told: [icon: IconName, label: string, note: string]) =>
    may ? [row(`page-${name}`, ...told, `/${name}`)] : [];
  return [
    ...pages.map(({ href, label, icon }) => ({ id: `page-${href}`, icon, label, href })),
    ...place(true, "decode/compare", "decode", "Compare two tokens", "what one has that the other has not"),
    ...place(mayIssue, "templates", "issue", "Templates", "what the issue form begins with"),
    ...place(mayRead, "cases", "shield", "Cases", "signed elsewhere, not issued here"),
    ...place(mayKeep, "credentials", "terminal", "Credentials", "for CI and backends"),
    ...place(maySign, "api", "terminal", "API", "what it takes and answers"),
    ...place(true, "me", "user", "Me", "name, password, sessions"),
    {
      id: "shortcuts",
      icon: "keyboard",
      label: "Shortcuts",
      href: "",
      take: () => {
        showShortcuts();
        return true;
      },
    },
  ];
}

function named({ keys, templates, cases, endpoints, credentials }: Destinations, mayIssue: boolean): Group[] {
  return [
    {
      title: "Issue",
      rows: mayIssue
        ? [
            row("page-batch", "issue", "Issue several at once", "a batch, from a list or a table", "/issue/batch"),
            ...templates.map(({ id, name, help }) =>
              row(`template-${id}`, "issue", `Issue: ${name}`, help, `/issue?template=${encodeURIComponent(id)}`),
            ),
          ]
        : [],
    },
    {
      title: "Keys",
      rows: keys.map(({ id, label, disabled }) =>
        row(`key-${id}`, "keys", label, disabled ? "key, disabled" : "key", `/keys/${encodeURIComponent(id)}`),
      ),
    },
    {
      title: "Cases",
      rows: cases.map(({ number, keyLabel, open }) =>
        row(
          `case-${number}`,
          "shield",
          caseName(number),
          `${keyLabel}, ${open ? "open" : "acknowledged"}`,
          `/cases/${number}`,
        ),
      ),
    },
    {
      title: "Programs",
      rows: [
        ...endpoints.map(({ id, name }) => row(`endpoint-${id}`, "terminal", name, "endpoint", `/endpoints/${id}`)),
        ...credentials.map(({ id, name }) => row(`credential-${id}`, "terminal", name, "credential", "/credentials")),
      ],
    },
  ];
}

/** Who may not see the team is led to what each has issued. A number among words is the token's, unless it is a part of a name. */
function team(words: string, { members }: Destinations): Row[] {
  const rows = members.map(
    ({ id, name, more }): Row => ({
      id: `member-${id}`,
      icon: "team",
      label: name,
      note: more ? `${more.email}, ${more.disabled ? "disabled" : more.role}` : "their tokens",
      href: more ? `/team/${id}` : `/audit?tokens=1&member=${encodeURIComponent(id)}`,
    }),
  );
  const found = matching(words, rows);
  const among = found.length > 0 ? undefined : numberAmongWords(words);
  return among ? matching(among.words, rows) : found;
}

/** "tom 29": the beginning of a token's number, and the members who may have issued it. */
export function tokensAsked(
  words: string,
  { members }: Destinations,
): { number: number; members: string[] } | undefined {
  const among = numberAmongWords(words);
  const named = members.filter(
    ({ name, more }) => among && matchWords(among.words, [name, more?.email ?? ""]) !== undefined,
  );
  return among && named.length > 0
    ? { number: among.number, members: named.slice(0, MOST_FOUND).map(({ id }) => id) }
    : undefined;
}

/** Best first; as they stand while nothing is typed. */
function matching(words: string, rows: Row[]): Row[] {
  return rows
    .flatMap((row) => {
      const match = matchWords(words, [row.label, row.note ?? ""]);
      return match ? [{ row, score: match.score }] : [];
    })
    .sort((a, b) => a.score - b.score)
    .map(({ row }) => row);
}
