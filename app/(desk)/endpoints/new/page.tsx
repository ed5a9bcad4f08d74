import type { Metadata } from "next";
import Link from "next/link";
import { EndpointForm } from "@/components/programs/endpoint-form";
import { NotForRole } from "@/components/shell/not-for-role";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { now } from "@/lib/clock";
import { firstTemplate } from "@/lib/endpoints/judge";
import { listKeyChoices } from "@/lib/keys/choices";
import { profileOf } from "@/lib/profiles/registry";
import { wholeEpochSeconds } from "@/lib/text/epoch-seconds";
import { typedLifetime } from "@/lib/text/lifetime";
import { createEndpointAction } from "../actions";

export const metadata: Metadata = { title: "New endpoint" };

const DAYS = 30;
const SECONDS = 600;

export default async function NewEndpointPage() {
  const actor = await requireActor();
  if (!may(actor.role, "endpoint.manage")) return <NotForRole title="New endpoint" role={actor.role} />;
  const keys = await listKeyChoices(actor);
  const key = keys.find(({ disabled }) => !disabled) ?? keys[0];
  const template =
    key && firstTemplate(profileOf(key.profile), key, { keyId: key.id, expiresIn: SECONDS }, wholeEpochSeconds(now()));
  const endsAt = new Date(Math.floor(now().getTime() / 60_000) * 60_000 + DAYS * 86_400_000).toISOString();
  return (
    <>
      <PageHeader
        title="New endpoint"
        lede={
          <>
            <Link href="/endpoints">All endpoints</Link> · gives small, short tokens unless you say otherwise
          </>
        }
      />
      {key ? (
        <EndpointForm
          keys={keys}
          values={{
            ...{
              name: "",
              keyId: key.id,
              template: template?.id ?? "",
              expiresIn: typedLifetime(SECONDS),
              roomFrom: "required",
              room: "",
            },
            ...{ origins: "", perMinute: "60", perMinuteFromAddress: "20", perDay: "2000", endsAt, purpose: "" },
            ...{ farReaching: [], unlimited: [] },
          }}
          memberId={actor.id}
          submit="Create endpoint"
          action={createEndpointAction}
          cancelTo="/endpoints"
        />
      ) : (
        <EmptyState icon="keys" title="No key yet" action={<ButtonLink href="/keys">Add a key</ButtonLink>}>
          An endpoint signs with a key of this desk.
        </EmptyState>
      )}
    </>
  );
}
