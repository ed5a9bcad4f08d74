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
  return [
    { title: tokens.length > 1 ? "Tokens" : "Token", rows: tokens.map(tokenRow) },
    {
      title: "Go to",
      rows: matching(words, places(pages, { mayIssue: given.mayIssue, mayRead, mayKeep }, given.showShortcuts)),
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

function places(
  pages: readonly PalettePage[],
  { mayIssue, mayRead, mayKeep }: Record<"mayIssue" | "mayRead" | "mayKeep", boolean>,
  showShortcuts: () => void,
): Row[] {
  return [
    ...pages.map(({ href, label, icon }) => ({ id: `page-${href}`, icon, label, href })),
    {
      id: "page-compare",
      icon: "decode",
      label: "Compare two tokens",
      note: "what one has that the other has not",
      href: "/decode/compare",
    },
    ...(mayIssue
      ? [
          {
            id: "page-templates",
            icon: "issue" as const,
            label: "Templates",
            note: "what the issue form begins with",
            href: "/templates",
          },
        ]
      : []),
    ...(mayRead
      ? [
          {
            id: "page-cases",
            icon: "shield" as const,
            label: "Cases",
            note: "signed elsewhere, not issued here",
            href: "/cases",
          },
        ]
      : []),
    ...(mayKeep
      ? [
          {
            ...{ id: "page-credentials", icon: "terminal" as const, label: "Credentials" },
            ...{ note: "for CI and backends", href: "/credentials" },
          },
          {
            ...{ id: "page-api", icon: "terminal" as const, label: "API" },
            ...{ note: "what it takes and answers", href: "/api" },
          },
        ]
      : []),
    { id: "page-me", icon: "user", label: "Me", note: "name, password, sessions", href: "/me" },
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
            {
              id: "page-batch",
              icon: "issue",
              label: "Issue several at once",
              note: "a batch, from a list or a table",
              href: "/issue/batch",
            },
            ...templates.map(
              ({ id, name, help }): Row => ({
                id: `template-${id}`,
                icon: "issue",
                label: `Issue: ${name}`,
                note: help,
                href: `/issue?template=${encodeURIComponent(id)}`,
              }),
            ),
          ]
        : [],
    },
    {
      title: "Keys",
      rows: keys.map(({ id, label, disabled }) => ({
        id: `key-${id}`,
        icon: "keys",
        label,
        note: disabled ? "key, disabled" : "key",
        href: `/keys/${encodeURIComponent(id)}`,
      })),
    },
    {
      title: "Cases",
      rows: cases.map(({ number, keyLabel, open }) => ({
        id: `case-${number}`,
        icon: "shield",
        label: caseName(number),
        note: `${keyLabel}, ${open ? "open" : "acknowledged"}`,
        href: `/cases/${number}`,
      })),
    },
    {
      title: "Programs",
      rows: [
        ...endpoints.map(
          ({ id, name }): Row => ({
            ...{ id: `endpoint-${id}`, icon: "terminal", label: name, note: "endpoint" },
            href: `/endpoints/${encodeURIComponent(id)}`,
          }),
        ),
        ...credentials.map(
          ({ id, name }): Row => ({
            ...{ id: `credential-${id}`, icon: "terminal", label: name, note: "credential" },
            href: "/credentials",
          }),
        ),
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
