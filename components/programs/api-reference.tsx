/** The API, route by route: what each takes and answers, and what a refusal says. */
import type { ReactNode } from "react";
import { CodeText } from "@/components/ui/code-text";
import { CopyButton } from "@/components/ui/copy-button";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Region } from "@/components/ui/region";
import { ShownText } from "@/components/ui/shown-text";
import type { FieldDescription, RouteDescription } from "@/lib/api/describe";
import { PROBLEM_PREFIX, problems } from "@/lib/http/problem";
import { firstProfile } from "@/lib/profiles/registry";

const fieldColumns: Column<FieldDescription>[] = [
  {
    key: "name",
    header: "Field",
    render: ({ name, optional }) => (
      <>
        <code className="[overflow-wrap:anywhere]">{name}</code>
        {optional ? <span className="text-faint"> optional</span> : null}
      </>
    ),
    card: "line",
  },
  { key: "type", header: "Type", render: ({ type }) => <span className="text-soft">{type}</span>, card: "line" },
  { key: "text", header: "Meaning", render: ({ text }) => <CodeText text={text} />, className: "w-1/2", card: "line" },
];

const problemRows = Object.entries(problems).map(([type, told]) => ({ type, ...told }));
const problemColumns: Column<(typeof problemRows)[number]>[] = [
  { key: "status", header: "Status", render: ({ status }) => status, nowrap: true, card: "start" },
  { key: "type", header: "Type", render: ({ type }) => <code>{type}</code>, nowrap: true, card: "end" },
  { key: "when", header: "When", render: ({ when }) => <CodeText text={when} />, className: "w-2/3", card: "line" },
];

const EXAMPLE_ROOM = "abcd-efgh-ijkl";

/** What holds for several routes. */
const rules = [
  "A credential may have a limit of calls a minute. Then each answer says with `RateLimit` how many are left and for how many seconds, and beyond it is `429` with `Retry-After`. The minute begins with its first call; a batch of thousands counts as one.",
  "A list comes newest first, in pages of at most 50. `next` is the `cursor` of the next page, with the same parameters; `null`: that was the last.",
  "Seconds are since 1970, in UTC. An id that is empty is refused, not left out.",
];

export function ApiReference({
  api,
  origin,
  keyId,
  children,
}: {
  api: readonly RouteDescription[];
  /** Where the desk is reached. */
  origin: string;
  /** The key that the line names, where a credential may have several. */
  keyId: string | undefined;
  /** Where a credential comes from. */
  children: ReactNode;
}) {
  const { templates, fields } = firstProfile();
  const room = fields.find((field) => field.kind === "id" && field.limits === "room")?.name;
  const asked = JSON.stringify({
    ...{ ...(keyId ? { keyId } : {}), template: templates[0]?.id ?? "" },
    // Without one, whoever tries the line has a token for any.
    ...(room ? { [room]: EXAMPLE_ROOM } : {}),
  });
  const line = `curl -fsS ${origin}/api/v1/tokens -H "Authorization: Bearer $CLAIMCHECK_CREDENTIAL" -H "Content-Type: application/json" -d '${asked}'`;
  return (
    <div className="flex flex-col gap-9">
      <Region label="From a shell">
        <p className="mb-2 max-w-[65ch] text-soft">
          Each request brings a credential as <code>Authorization: Bearer cc_…</code>; no cookie is taken and no{" "}
          <code>Origin</code> demanded. {children}
        </p>
        <ShownText id="api-line" text={line} />
        <CopyButton value={line} selectId="api-line" label="Copy line" size="sm" className="mt-2" />
      </Region>
      <Region label="Limits and lists">
        <ul className="max-w-[65ch] list-disc pl-5 text-soft">
          {rules.map((rule) => (
            <li key={rule}>
              <CodeText text={rule} />
            </li>
          ))}
        </ul>
      </Region>
      {api.map((route) => (
        <section key={route.id} aria-labelledby={route.id} className="min-w-0">
          <h2 id={route.id} className="font-semibold text-[1.0625rem] [overflow-wrap:anywhere]">
            <code>
              {route.method} {route.path}
            </code>
          </h2>
          <p className="mt-0.5 mb-3 max-w-[65ch] text-soft">
            <CodeText text={route.summary} />. Scope{" "}
            {route.scopes.map((scope, index) => (
              <span key={scope}>
                {index > 0 ? " or " : null}
                <code>{scope}</code>
              </span>
            ))}
            ; answers {route.status}.
            {route.idempotent ? (
              <>
                {" "}
                An <code>Idempotency-Key</code> that is a UUID becomes the token's <code>jti</code>: sent again within a
                minute, the answer is the same.
              </>
            ) : null}
          </p>
          <div className="flex flex-col gap-4">
            {route.takes.map(({ name, fields }) => (
              <Fields key={name} title={name ? `Takes ${name}` : "Parameters"} fields={fields} />
            ))}
            {route.answers.map(({ name, fields }) => (
              <Fields key={name} title={`Answers ${name}`} fields={fields} />
            ))}
          </div>
        </section>
      ))}
      <Region label="Refusals">
        <p className="mb-2 max-w-[65ch] text-soft">
          As <code>application/problem+json</code> (RFC 9457): <code>type</code> is one of these behind{" "}
          <code>{PROBLEM_PREFIX}</code>, <code>detail</code> is for people, <code>fields</code> says what is wrong with
          each, and as <code>form</code> with all of it.
        </p>
        <DataTable
          label="Types of problems"
          columns={problemColumns}
          rows={problemRows}
          rowKey={({ type }) => type}
          cards
        />
      </Region>
    </div>
  );
}

function Fields({ title, fields }: { title: string; fields: readonly FieldDescription[] }) {
  if (fields.length === 0) return null;
  return (
    <details>
      <summary className="cursor-pointer py-0.5 font-medium text-small">{title}</summary>
      <DataTable label={title} columns={fieldColumns} rows={fields} rowKey={({ name }) => name} cards />
    </details>
  );
}
