import type { Metadata } from "next";
import Link from "next/link";
import { NotForRole } from "@/components/shell/not-for-role";
import { TemplateForm } from "@/components/templates/template-form";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { formOf } from "@/lib/profiles/given";
import { firstProfile, profiles } from "@/lib/profiles/registry";
import { createTemplateAction } from "../actions";

export const metadata: Metadata = { title: "New template" };

export default async function NewTemplatePage({
  searchParams,
}: {
  searchParams: Promise<{ vendor?: string | string[] }>;
}) {
  const actor = await requireActor();
  if (!may(actor.role, "template.propose")) return <NotForRole title="New template" role={actor.role} />;
  const mayManage = may(actor.role, "template.manage");
  const profile = profiles.get(String((await searchParams).vendor)) ?? firstProfile();
  const [first] = profile.templates;
  const empty = profile.fields.map(({ name, kind }) => [name, kind === "id" ? "" : []]);
  return (
    <>
      <PageHeader
        title={mayManage ? "New template" : "Propose a template"}
        lede={
          <>
            <Link href="/templates">All templates</Link> ·{" "}
            {mayManage ? "in the issue form at once" : "in the issue form once an admin accepts it"}
          </>
        }
      />
      <TemplateForm
        profile={profile.id}
        values={{
          ...Object.fromEntries(empty),
          ...formOf(first?.given ?? {}),
          expiresIn: first?.expiresIn ?? "1h",
          ...{ name: "", note: "" },
        }}
        named={{ profile: profile.id }}
        memberId={actor.id}
        submit={mayManage ? "Save template" : "Propose template"}
        action={createTemplateAction}
      />
    </>
  );
}
