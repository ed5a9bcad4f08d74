ALTER TABLE "SigningKey" ADD COLUMN "issuedTokens" INTEGER NOT NULL DEFAULT 0;
UPDATE "SigningKey" SET "issuedTokens" = (SELECT count(*) FROM "IssuedToken" WHERE "IssuedToken"."keyId" = "SigningKey"."id");

-- Where a day's events lie.
CREATE TABLE "AuditDay" (
    "day" TEXT NOT NULL PRIMARY KEY,
    "firstSequence" INTEGER NOT NULL,
    "lastSequence" INTEGER NOT NULL
);
INSERT INTO "AuditDay" ("day", "firstSequence", "lastSequence")
SELECT substr("at", 1, 10), min("sequence"), max("sequence") FROM "AuditEvent" GROUP BY substr("at", 1, 10);
DROP INDEX "AuditEvent_at_idx";

CREATE INDEX "AuditEvent_tokenNumber_sequence_idx" ON "AuditEvent"("tokenNumber", "sequence");
CREATE INDEX "AuditEvent_actorId_action_sequence_idx" ON "AuditEvent"("actorId", "action", "sequence");
CREATE INDEX "AuditEvent_keyId_action_sequence_idx" ON "AuditEvent"("keyId", "action", "sequence");
CREATE INDEX "AuditEvent_actorId_keyId_sequence_idx" ON "AuditEvent"("actorId", "keyId", "sequence");
