import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { EmptyState } from "@/components/empty-state";
import { PageHeader } from "@/components/page-header";
import { SetupForm } from "@/components/setup-form";
import { isSetupCode, needsSetup } from "@/lib/auth/setup";
import { setupAction } from "../actions";

export const metadata: Metadata = { title: "Set up" };

export default async function SetupPage({ searchParams }: { searchParams: Promise<{ code?: string | string[] }> }) {
  if (!(await needsSetup())) redirect("/sign-in");
  const { code } = await searchParams;
  if (typeof code !== "string" || !isSetupCode(code)) {
    return (
      <EmptyState icon="shield" title="This setup link is not right">
        Open the one that the server printed at its start, whole.
      </EmptyState>
    );
  }
  return (
    <>
      <PageHeader
        title="Create the first admin"
        lede="This link works once. An admin adds keys, issues tokens and sees everything."
      />
      <SetupForm action={setupAction} code={code} />
    </>
  );
}
