/** Finds a session's row and whose it is. A session that was ended, has expired, or whose member is disabled is none. */
import { readRows } from "@/lib/db";

type SessionRow = {
  endedAt: number | null;
  expiresAt: number;
  id: string;
  name: string;
  email: string;
  role: string;
  disabledAt: number | null;
};

/** @returns the member's columns */
export async function findSession(
  sessionId: string,
): Promise<Pick<SessionRow, "id" | "name" | "email" | "role"> | undefined> {
  const [row] = await readRows<SessionRow>(
    `SELECT s."endedAt", s."expiresAt", m."id", m."name", m."email", m."role", m."disabledAt"
     FROM "Session" s JOIN "Member" m ON m."id" = s."memberId" WHERE s."id" = ?`,
    sessionId,
  );
  if (!row || row.endedAt !== null || row.expiresAt <= Date.now() || row.disabledAt !== null) return undefined;
  const { id, name, email, role } = row;
  return { id, name, email, role };
}
