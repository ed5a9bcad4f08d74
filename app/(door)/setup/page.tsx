import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { KeptSetup } from "@/components/door/kept-setup";
import { SetupForm } from "@/components/door/setup-form";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { currentVisitor } from "@/lib/auth/session";
import { checkSetupCode, needsSetup } from "@/lib/auth/setup";
import { isAppError } from "@/lib/errors";
import { setupAction } from "../actions";

export const metadata: Metadata = { title: "Set up" };

async function refusalOf(code: unknown): Promise<string | undefined> {
  if (typeof code !== "string" || !code) return "Open the whole link that the server printed when it started.";
  try {
    await checkSetupCode(await currentVisitor(), code);
    return undefined;
  } catch (error) {
    if (isAppError(error)) return error.message;
    throw error;
  }
}

export default async function SetupPage({ searchParams }: { searchParams: Promise<{ code?: string | string[] }> }) {
  if (!(await needsSetup())) redirect("/sign-in");
  const { code } = await searchParams;
  const refusal = await refusalOf(code);
  const heading = (
    <PageHeader
      title="Create the first admin"
      lede="This link works once. An admin adds keys, issues tokens and sees everything."
    />
  );
  if (typeof code !== "string" || refusal !== undefined) {
    const closed = (
      <EmptyState icon="shield" title="This setup link does not open">
        {refusal}
      </EmptyState>
    );
    // A link that is wrong is told so; only without one may it be a reload.
    return code ? (
      closed
    ) : (
      <KeptSetup action={setupAction} heading={heading}>
        {closed}
      </KeptSetup>
    );
  }
  return (
    <>
      {heading}
      <SetupForm action={setupAction} code={code} />
    </>
  );
}
