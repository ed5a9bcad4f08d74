import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { AgainRow } from "@/components/issue/again-row";
import { type Beginning, IssueDesk } from "@/components/issue/issue-desk";
import { NoKey } from "@/components/issue/no-key";
import { NotForRole } from "@/components/shell/not-for-role";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { beginWith, firstKey } from "@/lib/composer/begin";
import type { KeyChoice } from "@/lib/composer/compose";
import { listKeyChoices } from "@/lib/keys/choices";
import { profileOf } from "@/lib/profiles/registry";
import { tokenName } from "@/lib/text/numbered";
import { listRecent } from "@/lib/tokens/list-recent";
import { type Again, readAgain } from "@/lib/tokens/read-again";
import { createTemplateAction } from "../templates/actions";
import { issueTokenAction, makeHandoverAction, withdrawHandoverAction } from "./actions";

export const metadata: Metadata = { title: "Issue a token" };

type Asked = { from?: string | string[]; template?: string | string[]; key?: string | string[] };

export default async function IssuePage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor();
  if (!may(actor.role, "key.list")) return <NotForRole title="Issue a token" role={actor.role} />;
  const header = (
    <PageHeader
      title="Issue a token"
      lede="Signed on this server, and recorded before you see it."
      actions={
        <>
          {may(actor.role, "template.propose") ? (
            <ButtonLink href="/templates" variant="ghost">
              Templates
            </ButtonLink>
          ) : null}
          {may(actor.role, "batch.issue") ? (
            <ButtonLink href="/issue/batch" prefetch={false}>
              Several at once
            </ButtonLink>
          ) : null}
        </>
      }
    />
  );
  if (!may(actor.role, "token.issue")) {
    return (
      <>
        {header}
        <EmptyState
          icon="issue"
          title={`As ${actor.role} you read everything and issue nothing`}
          action={<ButtonLink href="/audit">See what was issued</ButtonLink>}
        >
          Ask an admin or an issuer for a token, or ask an admin to change your role.
        </EmptyState>
      </>
    );
  }
  const [keys, recent, asked] = await Promise.all([listKeyChoices(actor), listRecent(actor), searchParams]);
  const first = firstKey(keys, typeof asked.key === "string" ? asked.key : recent.lastKeyId);
  if (!first) {
    return (
      <>
        {header}
        <NoKey mayAdd={may(actor.role, "key.create")} />
      </>
    );
  }
  const again = isNumber(asked.from) ? await readAgain(actor, { number: Number(asked.from) }) : undefined;
  const beginning = beginningOf(first, asked, again);
  return (
    <IssueDesk
      key={beginning.id}
      header={header}
      again={<AgainRow tokens={recent.tokens} />}
      keys={keys}
      memberId={actor.id}
      jti={randomUUID()}
      beginning={beginning}
      action={issueTokenAction}
      handOver={{ make: makeHandoverAction, withdraw: withdrawHandoverAction }}
      saveTemplate={{ proposes: !may(actor.role, "template.manage"), action: createTemplateAction }}
    />
  );
}

/** With more digits it is the number of no token, as `FindTokenInput` has it. */
const isNumber = (text: unknown) => typeof text === "string" && /^[1-9]\d{0,8}$/.test(text);

/** What the address asks to begin with; what it asks in vain is said. */
function beginningOf(first: KeyChoice, { from, template, key }: Asked, again: Again | undefined): Beginning {
  const plain = { id: "", values: beginWith(first) };
  if (from !== undefined) {
    if (!again) return { ...plain, told: { title: "There is no such token in the ledger.", said: [] } };
    const { number, keyLabel, values, purpose, said } = again;
    const title = `Again from ${tokenName(number)}, signed with “${keyLabel}”.`;
    return { id: `from=${number}`, values, told: { title, said }, purpose, focus: "purpose" };
  }
  // Also where a template is asked for: another key is not taken in silence.
  const gone =
    key !== undefined && (first.id !== key || first.disabled)
      ? { told: { title: "That key is disabled here, or gone.", said: [] } }
      : undefined;
  if (template !== undefined) {
    const { fields } = profileOf(first.profile);
    if (!first.templates.some(({ id }) => id === template))
      return { ...plain, told: { title: "There is no such template.", said: [] } };
    const focus = fields.find(({ kind }) => kind === "id")?.name ?? "purpose";
    const id = key === undefined || gone ? `template=${template}` : `template=${template},key=${key}`;
    return { id, values: beginWith(first, String(template)), focus, ...gone };
  }
  return key === undefined || gone ? { ...plain, ...gone } : { ...plain, id: `key=${key}` };
}
