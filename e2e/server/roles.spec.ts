/** What a role's limits look like: a denied attempt in the audit log, and a role that is changed while somebody works. Who may what at all: every-action.spec.ts and every-page.spec.ts. */
import { change } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { compose, issueButton } from "../stage/issue-form";
import { people, type Role } from "../stage/people";
import { catchAction, send } from "../stage/server-action";

test("a denied attempt stands in the audit log, where an auditor finds it", async ({ open, desk }) => {
  const admin = await open("admin", "/issue");
  await compose(admin, {});
  const action = await catchAction(admin, () => issueButton(admin).click());
  await send(action, { cookie: desk.cookieOf("auditor") });
  const page = await open("auditor", "/audit?action=access.denied");
  const row = page.getByRole("table").locator("tbody tr").first();
  await expect(row).toContainText("Ada OkaforDeniedTried to issue a token, as auditorrefused");
});

test("a changed role acts at once", async ({ open, desk }) => {
  const page = await open("issuer", "/issue");
  await compose(page, { purpose: "as an issuer" });
  const set = (role: Role) =>
    change(desk.database, "UPDATE Member SET role = ? WHERE email = ?", role, people.issuer.email);
  set("auditor");
  try {
    await issueButton(page).click();
    await expect(page.getByRole("alert").filter({ hasText: "Your role, auditor, may not do this" })).toBeVisible();
    await expect(page.getByLabel("Purpose")).toHaveValue("as an issuer");
    await page.reload();
    await expect(page.getByText("As auditor you read everything and issue nothing")).toBeVisible();
  } finally {
    set("issuer");
  }
});
