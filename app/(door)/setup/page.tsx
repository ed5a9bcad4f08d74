import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ClosedLink } from "@/components/door/closed-link";
import { SetupForm } from "@/components/door/setup-form";
import { PageHeader } from "@/components/ui/page-header";
import { checkSetupCode, needsSetup } from "@/lib/auth/setup";
import { setupAction } from "../actions";
import { type LinkPage, openLink } from "../open-link";

export const metadata: Metadata = { title: "Set up" };

const HEADING = "Create the first admin";

export default async function SetupPage(page: LinkPage) {
  if (!(await needsSetup())) redirect("/sign-in");
  const link = await openLink(page, checkSetupCode);
  if (link.code === null)
    return (
      <ClosedLink
        kind="setup"
        title="This setup link does not open"
        refusal={link.refusal}
        whole="Open the whole link that the server printed when it started."
      />
    );
  return (
    <>
      <PageHeader title={HEADING} lede="This link works once. An admin adds keys, issues tokens and sees everything." />
      <SetupForm action={setupAction} code={link.code} />
    </>
  );
}
