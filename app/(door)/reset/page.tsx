import type { Metadata } from "next";
import { ResetForm } from "@/components/door/reset-form";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor, currentVisitor } from "@/lib/auth/session";
import { isAppError } from "@/lib/errors";
import { checkResetLink, type OpenResetLink } from "@/lib/team/reset-link-use";
import { resetPasswordAction } from "./actions";

export const metadata: Metadata = { title: "New password" };

async function linkOf(code: unknown): Promise<OpenResetLink | string> {
  if (typeof code !== "string" || code === "") return "Open the whole link, as it was given to you.";
  const visitor = await currentVisitor();
  try {
    return await checkResetLink(visitor, code);
  } catch (error) {
    if (isAppError(error)) return error.message;
    throw error;
  }
}

export default async function ResetPage({ searchParams }: { searchParams: Promise<{ code?: string | string[] }> }) {
  const { code } = await searchParams;
  const link = await linkOf(code);
  if (typeof link === "string")
    return (
      <>
        <PageHeader title="Choose a new password" />
        <EmptyState
          icon="shield"
          title="This reset link does not open"
          action={<ButtonLink href="/sign-in">Sign in</ButtonLink>}
        >
          {link}
        </EmptyState>
      </>
    );
  const { name, email } = link;
  const here = await currentActor();
  return (
    <>
      <PageHeader
        title="Choose a new password"
        lede={
          <>
            For <bdi>{name}</bdi>. This link works once; all sessions of this account end with it.
          </>
        }
      />
      {here && here.email !== email ? (
        <Notice tone="warn" className="mb-4.5">
          You are signed in here as <bdi>{here.name}</bdi>. Using this link signs <bdi>{here.name}</bdi> out in this
          browser.
        </Notice>
      ) : null}
      <ResetForm action={resetPasswordAction} code={String(code)} email={email} />
    </>
  );
}
