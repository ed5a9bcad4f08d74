-- AlterTable
ALTER TABLE "SigningKey" ADD COLUMN "lastIssuedAt" DATETIME;
ALTER TABLE "SigningKey" ADD COLUMN "signsElsewhere" TEXT;

-- CreateTable
CREATE TABLE "IssuedPerQuarter" (
    "quarter" INTEGER NOT NULL,
    "keyId" TEXT NOT NULL,
    "tokens" INTEGER NOT NULL,

    PRIMARY KEY ("quarter", "keyId")
);

-- CreateTable
CREATE TABLE "Case" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "keyId" TEXT NOT NULL,
    "keyLabel" TEXT NOT NULL,
    "secretVersionId" TEXT NOT NULL,
    "openedAt" DATETIME NOT NULL,
    "acknowledgedAt" DATETIME,
    "acknowledgedById" TEXT,
    "acknowledgedByName" TEXT,
    "note" TEXT
);

-- CreateTable
CREATE TABLE "CaseToken" (
    "caseNumber" INTEGER NOT NULL,
    "sha256" BLOB NOT NULL,
    "imitates" INTEGER,
    "issuedAt" DATETIME,
    "expiresAt" DATETIME,
    "room" TEXT,
    "subject" TEXT,
    "moderates" BOOLEAN NOT NULL,
    "callsRest" BOOLEAN NOT NULL,
    "firstSeenAt" DATETIME NOT NULL,
    "firstSeenById" TEXT,
    "firstSeenBy" TEXT NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    "lastSeenBy" TEXT NOT NULL,
    "seen" INTEGER NOT NULL,

    PRIMARY KEY ("caseNumber", "sha256"),
    CONSTRAINT "CaseToken_caseNumber_fkey" FOREIGN KEY ("caseNumber") REFERENCES "Case" ("number") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- DropIndex
DROP INDEX "IssuedToken_issuedAt_idx";

-- CreateIndex
CREATE INDEX "IssuedToken_ttlSeconds_idx" ON "IssuedToken"("ttlSeconds");

-- CreateIndex
CREATE INDEX "IssuedToken_keyId_actorId_expiresAt_idx" ON "IssuedToken"("keyId", "actorId", "expiresAt");

-- CreateIndex
CREATE INDEX "Case_secretVersionId_acknowledgedAt_idx" ON "Case"("secretVersionId", "acknowledgedAt");

-- CreateIndex
CREATE INDEX "Case_acknowledgedAt_idx" ON "Case"("acknowledgedAt");

-- CreateIndex
CREATE INDEX "Case_keyId_idx" ON "Case"("keyId");

-- CreateIndex
CREATE INDEX "CaseToken_sha256_idx" ON "CaseToken"("sha256");

-- What is kept from now on while tokens are issued, for those that were before.
INSERT INTO "IssuedPerQuarter" ("quarter", "keyId", "tokens")
SELECT "issuedAt" / 900000, "keyId", count(*) FROM "IssuedToken" GROUP BY 1, 2;
UPDATE "SigningKey" SET "lastIssuedAt" = (SELECT max("issuedAt") FROM "IssuedToken" WHERE "keyId" = "SigningKey"."id");

-- What events are found by, with the event's sequence as row id: schema.prisma does not know it, lib/database/event-text.ts does.
CREATE VIRTUAL TABLE "EventText" USING fts5("text", content='', contentless_delete=1, tokenize="trigram remove_diacritics 1");
INSERT INTO "EventText" ("rowid", "text")
SELECT
  "AuditEvent"."sequence",
  concat_ws(
    char(10),
    coalesce(json_extract("body", '$.actor.name'), "actorName"),
    coalesce(json_extract("body", '$.key.label'), "keyLabel"),
    coalesce("IssuedToken"."room", "AuditEvent"."room"),
    coalesce("IssuedToken"."subject", "AuditEvent"."subject"),
    CASE WHEN "action" = 'token.issued' THEN "templateName" END,
    CASE WHEN "action" = 'token.issued' THEN "purpose" END,
    json_extract("body", '$.detail.email'),
    json_extract("body", '$.detail.emails'),
    json_extract("body", '$.detail.apiKey')
  )
FROM "AuditEvent" LEFT JOIN "IssuedToken" ON "IssuedToken"."number" = "AuditEvent"."tokenNumber";
