import type { Metadata } from "next";
import { NotForRole } from "@/components/shell/not-for-role";
import { ProposalTable } from "@/components/templates/proposal-table";
import { TemplateTable } from "@/components/templates/template-table";
import { Announcer } from "@/components/ui/announcer";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { profileOf } from "@/lib/profiles/registry";
import { listTemplates } from "@/lib/templates/list";
import { answerProposalAction, deleteTemplateAction, hideTemplateAction, moveTemplateAction } from "./actions";

export const metadata: Metadata = { title: "Templates" };

export default async function TemplatesPage() {
  const actor = await requireActor();
  if (!may(actor.role, "template.propose")) return <NotForRole title="Templates" role={actor.role} />;
  const mayManage = may(actor.role, "template.manage");
  const vendors = await listTemplates(actor);
  return (
    <>
      <PageHeader
        title="Templates"
        lede={
          mayManage
            ? "What the issue form offers to begin with, in this order. An issuer proposes, an admin accepts."
            : "What the issue form offers to begin with. What you propose is there once an admin accepts it."
        }
        actions={
          <ButtonLink href="/templates/new" icon="plus">
            {mayManage ? "New template" : "Propose a template"}
          </ButtonLink>
        }
      />
      <Announcer />
      <div className="flex flex-col gap-8">
        {vendors.map(({ profile, templates, proposals }) => (
          <div key={profile} className="flex flex-col gap-8">
            {proposals.length > 0 ? (
              <section aria-labelledby={`proposed-${profile}`} className="min-w-0">
                <h2 id={`proposed-${profile}`} className="mb-1.5 font-semibold">
                  Proposed
                </h2>
                <ProposalTable
                  {...{ profile, proposals }}
                  answer={mayManage ? answerProposalAction : undefined}
                  withdraw={deleteTemplateAction}
                />
              </section>
            ) : null}
            <section aria-labelledby={`templates-${profile}`} className="min-w-0">
              <h2 id={`templates-${profile}`} className="mb-1.5 font-semibold">
                {vendors.length > 1 ? `In the form of ${profileOf(profile).name}` : "In the issue form"}
              </h2>
              <TemplateTable
                {...{ profile, templates }}
                actions={
                  mayManage
                    ? { move: moveTemplateAction, hide: hideTemplateAction, remove: deleteTemplateAction }
                    : undefined
                }
              />
            </section>
          </div>
        ))}
      </div>
    </>
  );
}
