import type { Metadata } from "next";
import { CaseTable } from "@/components/cases/case-table";
import { NotForRole } from "@/components/shell/not-for-role";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { PageLinks } from "@/components/ui/page-links";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { listCases } from "@/lib/cases/list";
import { PAGE_SIZE, PageNumber } from "@/lib/page-of";

export const metadata: Metadata = { title: "Cases" };

export default async function CasesPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requireActor();
  if (!may(actor.role, "case.read")) return <NotForRole title="Cases" role={actor.role} />;
  const cases = await listCases(actor, PageNumber.parse((await searchParams).page));
  return (
    <>
      <PageHeader title="Cases" lede="Tokens that were signed with a secret of yours, and not issued here." />
      <CaseTable
        cases={cases.rows}
        empty={
          <EmptyState icon="shield" title="No case" action={<ButtonLink href="/decode">Decode a token</ButtonLink>}>
            One opens when somebody pastes a token that a secret of yours signed and this desk did not issue, unless the
            key says that a backend signs with it too.
          </EmptyState>
        }
      />
      <PageLinks
        label="Cases"
        {...cases}
        size={PAGE_SIZE}
        hrefOf={(page) => `/cases?page=${page}`}
        back="Newer"
        on="Older"
      />
    </>
  );
}
