import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { NotForRole } from "@/components/shell/not-for-role";
import { AnswerButtons } from "@/components/templates/proposal-table";
import { Fills, TemplateUsers } from "@/components/templates/template-cells";
import { TemplateForm } from "@/components/templates/template-form";
import { Announcer } from "@/components/ui/announcer";
import { ButtonLink } from "@/components/ui/button-link";
import { DefinitionList } from "@/components/ui/definition-list";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { formOf } from "@/lib/profiles/given";
import { profileOf } from "@/lib/profiles/registry";
import { getTemplate, type TeamTemplate } from "@/lib/templates/get";
import { answerProposalAction, changeTemplateAction } from "../actions";

export const metadata: Metadata = { title: "Template" };

export default async function TemplatePage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  if (!may(actor.role, "template.propose")) return <NotForRole title="Template" role={actor.role} />;
  const { id } = await params;
  const found = id.length <= 40 ? await getTemplate(actor, id) : undefined;
  if (!found) notFound();
  const { template, state, version, by, mayChange, profile, usedBy } = found;
  const isProposal = state !== "accepted";
  return (
    <>
      <PageHeader
        title={<bdi>{template.name}</bdi>}
        lede={
          <>
            <Link href="/templates">All templates</Link> · {isProposal ? "proposed" : "saved"} by <bdi>{by}</bdi>,
            version {version} ·{" "}
            <Link href={`/audit?q=${encodeURIComponent(id)}`} prefetch={false}>
              its history
            </Link>
          </>
        }
        actions={
          !isProposal ? (
            <ButtonLink href={`/issue?template=${encodeURIComponent(id)}`} icon="issue">
              Issue from it
            </ButtonLink>
          ) : state === "proposed" && may(actor.role, "template.manage") ? (
            <AnswerButtons {...{ id, version }} name={template.name} answer={answerProposalAction} />
          ) : undefined
        }
      />
      <Announcer />
      {state === "proposed" && mayChange && may(actor.role, "template.manage") ? (
        <p className="mb-4 text-soft">Accept takes it as it is saved: save your changes first.</p>
      ) : null}
      <Declined {...found} />
      {usedBy.length > 0 ? (
        <Notice title="What you save here holds there at once." className="mb-5 max-w-[38rem]">
          <TemplateUsers users={usedBy} />
          {usedBy.some(({ kind }) => kind === "endpoint") ? (
            <span className="block">
              An endpoint whose tokens would come to reach further than was confirmed refuses every call until an admin
              confirms it there.
            </span>
          ) : null}
        </Notice>
      ) : null}
      {mayChange ? (
        <TemplateForm
          key={version}
          profile={profile}
          values={valuesOf(found)}
          named={{ templateId: id, version, state }}
          memberId={actor.id}
          submit={state === "declined" ? "Save and propose again" : "Save changes"}
          action={changeTemplateAction}
        />
      ) : (
        <div className="max-w-[38rem]">
          <DefinitionList
            items={[
              { term: "Note", detail: <bdi>{template.help}</bdi> },
              { term: "Fills in", detail: <Fills profile={profileOf(profile)} template={template} /> },
              { term: "Expires in", detail: template.expiresIn },
            ]}
          />
          <p className="mt-3 text-soft">It is in the issue form: an admin can change it.</p>
        </div>
      )}
    </>
  );
}

function Declined({ state, answer }: TeamTemplate) {
  if (state !== "declined" || !answer) return null;
  return (
    <Notice tone="warn" title="Declined" className="mb-5 max-w-[38rem]">
      by <bdi>{answer.by}</bdi>
      {answer.note ? (
        <>
          : <bdi>{answer.note}</bdi>
        </>
      ) : (
        "."
      )}
    </Notice>
  );
}

/** What the template leaves open is empty in its form. */
function valuesOf({ profile, template }: TeamTemplate) {
  const empty = profileOf(profile).fields.map(({ name, kind }) => [name, kind === "id" ? "" : []]);
  return {
    ...Object.fromEntries(empty),
    ...formOf(template.given),
    ...{ name: template.name, note: template.help, expiresIn: template.expiresIn },
  };
}
