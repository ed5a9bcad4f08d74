import type { Metadata } from "next";
import { AddCredential } from "@/components/programs/add-credential";
import { CredentialTable } from "@/components/programs/credential-table";
import { ProgramPages } from "@/components/programs/program-pages";
import { NotForRole } from "@/components/shell/not-for-role";
import { Announcer } from "@/components/ui/announcer";
import { EmptyState } from "@/components/ui/empty-state";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { listCredentials } from "@/lib/credentials/list";
import { listKeyChoices } from "@/lib/keys/choices";
import {
  createCredentialAction,
  endCredentialAction,
  renewCredentialAction,
  takeOverCredentialAction,
} from "./actions";

export const metadata: Metadata = { title: "Credentials" };

export default async function CredentialsPage() {
  const actor = await requireActor();
  if (!may(actor.role, "credential.manage")) return <NotForRole title="Credentials" role={actor.role} />;
  const [credentials, keys] = await Promise.all([listCredentials(actor), listKeyChoices(actor)]);
  const templates = new Map(keys.flatMap((key) => key.templates.map(({ id, name }) => [id, name])));
  return (
    <>
      <AddCredential
        pages={<ProgramPages at="/credentials" />}
        keys={keys.map(({ id, label }) => ({ id, label }))}
        templates={[...templates].map(([id, label]) => ({ id, label }))}
        memberId={actor.id}
        action={createCredentialAction}
      />
      <Announcer />
      {credentials.length === 0 ? (
        <EmptyState icon="terminal" title="No credential yet">
          CI and backends ask the API with one: bound to scopes, keys and addresses, and on record like a person.
        </EmptyState>
      ) : (
        <CredentialTable
          credentials={credentials}
          ownId={actor.id}
          renew={renewCredentialAction}
          takeOver={takeOverCredentialAction}
          end={endCredentialAction}
        />
      )}
    </>
  );
}
