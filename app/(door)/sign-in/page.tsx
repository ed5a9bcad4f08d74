import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/door/sign-in-form";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { pathAfterSignIn } from "@/lib/auth/path-after-sign-in";
import { currentActor } from "@/lib/auth/session";
import { needsSetup } from "@/lib/auth/setup";
import { signInAction } from "../actions";

export const metadata: Metadata = { title: "Sign in" };

type Query = { next?: string | string[]; session?: string | string[] };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const next = pathAfterSignIn(query.next);
  if (await currentActor()) redirect(next);
  if (await needsSetup()) {
    return (
      <>
        <PageHeader title="Sign in" />
        <EmptyState icon="shield" title="Nobody can sign in yet">
          The server printed a setup link when it started. Open it to create the first admin.
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader
        title="Sign in"
        lede="Claimcheck is where your team issues its VideoSDK access tokens, looks up who issued one, and finds out why one fails."
      />
      {query.session === "open" ? (
        <Notice tone="warn" title="This browser is signed out." className="mb-5">
          The server could not record it, so the session itself is still open there. Sign in once that works again, and
          end it on the page of your account; or tell whoever runs this server.
        </Notice>
      ) : null}
      <SignInForm action={signInAction.bind(null, next)} />
      <p className="mt-6 border-line border-t pt-4 text-small text-soft">
        No account, or the password is forgotten? Ask an admin of this desk, or whoever runs the server.
      </p>
    </>
  );
}
