-- AlterTable
ALTER TABLE "SecretVersion" ADD COLUMN "enteredById" TEXT;

-- AlterTable
ALTER TABLE "Member" ADD COLUMN "lastSeenAt" DATETIME;
ALTER TABLE "Member" ADD COLUMN "issuedTokens" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "Invitation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "linkHash" BLOB NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "usedAt" DATETIME,
    "withdrawnAt" DATETIME
);

-- CreateTable
CREATE TABLE "ResetLink" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "memberId" TEXT NOT NULL,
    "linkHash" BLOB NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "createdById" TEXT,
    "createdByName" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "usedAt" DATETIME,
    CONSTRAINT "ResetLink_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "memberId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    "endedAt" DATETIME,
    "address" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,
    CONSTRAINT "Session_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Session" ("address", "createdAt", "endedAt", "expiresAt", "id", "lastSeenAt", "memberId", "userAgent") SELECT "address", "createdAt", "endedAt", "expiresAt", "id", "createdAt", "memberId", "userAgent" FROM "Session";
DROP TABLE "Session";
ALTER TABLE "new_Session" RENAME TO "Session";
CREATE INDEX "Session_memberId_idx" ON "Session"("memberId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_linkHash_key" ON "Invitation"("linkHash");

-- CreateIndex
CREATE INDEX "Invitation_email_idx" ON "Invitation"("email");

-- CreateIndex
CREATE INDEX "Invitation_createdById_idx" ON "Invitation"("createdById");

-- CreateIndex
CREATE UNIQUE INDEX "ResetLink_linkHash_key" ON "ResetLink"("linkHash");

-- CreateIndex
CREATE INDEX "ResetLink_memberId_idx" ON "ResetLink"("memberId");

-- What is kept from now on, for what was before.
UPDATE "Member" SET
  "lastSeenAt" = (SELECT max("createdAt") FROM "Session" WHERE "memberId" = "Member"."id"),
  "issuedTokens" = (SELECT count(*) FROM "IssuedToken" WHERE "actorKind" = 'member' AND "actorId" = "Member"."id");
-- No secret has been changed so far: whoever added the key typed it in.
UPDATE "SecretVersion" SET "enteredById" = (SELECT "createdById" FROM "SigningKey" WHERE "id" = "keyId");
