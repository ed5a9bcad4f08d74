import type { Metadata } from "next";
import { ClosedLink } from "@/components/door/closed-link";
import { OtherSession } from "@/components/door/other-session";
import { ResetForm } from "@/components/door/reset-form";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/auth/session";
import { checkResetLink } from "@/lib/team/reset-link-use";
import { type LinkPage, openLink } from "../open-link";
import { resetPasswordAction } from "./actions";

/** Also where it does not open. */
export const metadata: Metadata = { title: "Reset link" };

const HEADING = "Choose a new password";

export default async function ResetPage(page: LinkPage) {
  const link = await openLink(page, checkResetLink);
  const here = await currentActor();
  if (link.code === null)
    return (
      <ClosedLink
        kind="reset"
        title="This reset link does not open"
        refusal={link.refusal}
        whole="Open the whole link, as it was given to you, or ask an admin of this desk for a new one."
        action={<ButtonLink href={here ? "/" : "/sign-in"}>{here ? "Open the desk" : "Sign in"}</ButtonLink>}
      />
    );
  const { name, email } = link.opened;
  return (
    <>
      <PageHeader
        title={HEADING}
        lede={
          <>
            For <bdi>{name}</bdi>. This link works once; all sessions of this account end with it.
          </>
        }
      />
      {here && here.email !== email ? <OtherSession name={here.name} doing="Using this link" /> : null}
      <ResetForm action={resetPasswordAction} code={link.code} email={email} />
    </>
  );
}
