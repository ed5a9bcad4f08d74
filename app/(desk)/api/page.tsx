import type { Metadata } from "next";
import Link from "next/link";
import { ApiReference } from "@/components/programs/api-reference";
import { ProgramPages } from "@/components/programs/program-pages";
import { NotForRole } from "@/components/shell/not-for-role";
import { PageHeader } from "@/components/ui/page-header";
import { describeApi } from "@/lib/api/describe";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { listKeyChoices } from "@/lib/keys/choices";
import { linkTo } from "@/lib/links";

export const metadata: Metadata = { title: "API" };

export default async function ApiPage() {
  const actor = await requireActor();
  if (!may(actor.role, "key.list")) return <NotForRole title="API" role={actor.role} />;
  const manages = may(actor.role, "credential.manage");
  const [key, another] = (await listKeyChoices(actor)).filter(({ disabled }) => !disabled);
  return (
    <>
      <PageHeader
        title="API"
        lede={
          <>
            The verbs of the desk, for programs. The same as{" "}
            <a href="/api/openapi.json" className="underline decoration-edge underline-offset-4">
              OpenAPI 3.1
            </a>
            . {manages ? null : "Ask an admin for a credential."}
          </>
        }
        className="mb-4"
      />
      {manages ? <ProgramPages at="/api" /> : null}
      <ApiReference api={describeApi()} origin={new URL(linkTo("/").url).origin} keyId={another && key?.id}>
        {manages ? (
          <>
            A credential is made at{" "}
            <Link href="/credentials" className="underline decoration-edge underline-offset-4">
              Credentials
            </Link>
            .
          </>
        ) : null}
      </ApiReference>
    </>
  );
}
