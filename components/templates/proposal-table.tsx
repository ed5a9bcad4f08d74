"use client";
/** The proposals that wait for an admin or were declined: for admins to be answered, for whoever proposed them to be changed or withdrawn. */
import { Time } from "@/components/time/time";
import { announce } from "@/components/ui/announcer";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { type Column, DataTable } from "@/components/ui/data-table";
import { NoteDialog } from "@/components/ui/note-dialog";
import { useDialogAction } from "@/components/ui/use-dialog-action";
import type { ActionResult } from "@/lib/action-result";
import { profileOf } from "@/lib/profiles/registry";
import type { Proposal } from "@/lib/templates/list";
import type { AnswerProposalInput } from "@/lib/templates/schema";
import { lifetimeWords } from "@/lib/text/lifetime";
import { secondsOf } from "@/lib/text/parse-duration";
import { DeleteTemplate } from "./template-actions";
import { columnWidths, Fills, TemplateName } from "./template-cells";

type AnswerProposal = (input: AnswerProposalInput) => Promise<ActionResult<unknown>>;

export function ProposalTable({
  profile: profileId,
  proposals,
  answer,
  withdraw,
}: {
  profile: string;
  proposals: readonly Proposal[];
  /** Absent for whoever may not. */
  answer?: AnswerProposal | undefined;
  withdraw: Parameters<typeof DeleteTemplate>[0]["action"];
}) {
  const profile = profileOf(profileId);
  const columns: Column<Proposal>[] = [
    {
      key: "name",
      header: "Proposal",
      render: (proposal) => (
        <>
          <TemplateName template={proposal.template} href={`/templates/${proposal.id}`} />
          <Declined {...proposal} />
        </>
      ),
      className: columnWidths.name,
      card: "line",
    },
    {
      key: "fills",
      header: "Fills in",
      render: ({ template }) => <Fills {...{ profile, template }} />,
      className: columnWidths.fills,
      card: "line",
    },
    {
      key: "expires",
      header: "Expires in",
      render: ({ template }) => lifetimeWords(secondsOf(template.expiresIn) ?? 0),
      align: "right",
      nowrap: true,
      className: columnWidths.expires,
    },
    {
      key: "by",
      header: "Proposed by",
      render: ({ by, isOwn, at }) => (
        <span className="[overflow-wrap:anywhere]">
          {isOwn ? "you" : <bdi>{by}</bdi>},{" "}
          <span className="text-faint">
            <Time epochSeconds={at} mode="relative" />
          </span>
        </span>
      ),
      className: columnWidths.whose,
    },
    {
      key: "actions",
      header: <span className="sr-only">Actions</span>,
      render: ({ id, template: { name }, version, state, isOwn }) => (
        <span className="flex flex-wrap rail:-my-1.5 items-center gap-1 rail:justify-end">
          {answer && state === "proposed" ? <AnswerButtons {...{ id, name, version, answer }} /> : null}
          <ButtonLink href={`/templates/${id}`} prefetch={false} variant="ghost" size="sm">
            Edit<span className="sr-only"> {name}</span>
          </ButtonLink>
          {answer && state === "proposed" ? null : (
            <DeleteTemplate {...{ id, name }} proposal={isOwn ? "own" : "another's"} action={withdraw} />
          )}
        </span>
      ),
      className: `pr-0! max-rail:mt-1 ${columnWidths.actions}`,
      card: "line",
    },
  ];
  return <DataTable label="Proposals" columns={columns} rows={proposals} rowKey={({ id }) => id} cards />;
}

function Declined({ state, answer }: Pick<Proposal, "state" | "answer">) {
  if (state !== "declined") return null;
  return (
    <span className="mt-1 block [overflow-wrap:anywhere]">
      <Badge icon={null} tone="warn">
        declined
      </Badge>{" "}
      <span className="text-soft">
        by <bdi>{answer?.by}</bdi>
        {answer?.note ? (
          <>
            : <bdi>{answer.note}</bdi>
          </>
        ) : null}
      </span>
    </span>
  );
}

/** What an admin does with a proposal. */
export function AnswerButtons({
  id,
  name,
  version,
  answer,
}: {
  id: string;
  name: string;
  /** What is seen of it. */
  version: number;
  answer: AnswerProposal;
}) {
  const { pending, failure, run } = useDialogAction("The server could not be reached. Reload the page to see.");
  return (
    <>
      <Button
        size="sm"
        icon="check"
        pending={pending}
        onClick={() =>
          run(
            () => answer({ templateId: id, version, accepted: true }),
            () => announce(`${name} is in the issue form now.`),
          )
        }
      >
        Accept<span className="sr-only"> {name}</span>
      </Button>
      <NoteDialog
        trigger={
          <>
            Decline…<span className="sr-only"> {name}</span>
          </>
        }
        triggerVariant="ghost"
        triggerSize="sm"
        title={`Decline “${name}”?`}
        confirmLabel="Decline proposal"
        tone="primary"
        onConfirm={(note) => answer({ templateId: id, version, accepted: false, note })}
        done={`${name} is declined.`}
      >
        <p>Whoever proposed it reads why, and may change it and propose it again.</p>
      </NoteDialog>
      <span role="alert" className="basis-full text-bad text-small empty:hidden">
        {failure}
      </span>
    </>
  );
}
