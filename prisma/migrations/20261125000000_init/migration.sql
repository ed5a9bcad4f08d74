-- CreateTable
CREATE TABLE "Counter" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "value" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Member" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "disabledAt" DATETIME
);

-- CreateTable
CREATE TABLE "LimitCount" (
    "limit" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "expiresAt" DATETIME NOT NULL,

    PRIMARY KEY ("limit", "key")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "memberId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "endedAt" DATETIME,
    "address" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,
    CONSTRAINT "Session_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SigningKey" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "label" TEXT NOT NULL,
    "apiKey" TEXT NOT NULL,
    "profile" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "disabledAt" DATETIME,
    "issuedTokens" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "SecretVersion" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "keyId" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "retiredAt" DATETIME,
    CONSTRAINT "SecretVersion_keyId_fkey" FOREIGN KEY ("keyId") REFERENCES "SigningKey" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "IssuedToken" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "jti" BLOB NOT NULL,
    "profile" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "keyLabel" TEXT NOT NULL,
    "secretVersionId" TEXT NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT,
    "actorName" TEXT NOT NULL,
    "sessionId" TEXT,
    "credentialId" TEXT,
    "via" TEXT NOT NULL,
    "issuedAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "ttlSeconds" INTEGER NOT NULL,
    "claims" TEXT NOT NULL,
    "room" TEXT,
    "subject" TEXT,
    "moderates" BOOLEAN NOT NULL,
    "callsRest" BOOLEAN NOT NULL,
    "templateId" TEXT,
    "templateName" TEXT,
    "batchNumber" INTEGER,
    "purpose" TEXT NOT NULL,
    "sha256" BLOB NOT NULL,
    "revokedAt" DATETIME
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "sequence" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "action" TEXT NOT NULL,
    "actorId" TEXT,
    "keyId" TEXT,
    "room" TEXT,
    "subject" TEXT,
    "tokenNumber" INTEGER,
    "sha256" BLOB,
    "body" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "AuditDay" (
    "day" TEXT NOT NULL PRIMARY KEY,
    "firstSequence" INTEGER NOT NULL,
    "lastSequence" INTEGER NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Member_email_key" ON "Member"("email");

-- CreateIndex
CREATE INDEX "LimitCount_expiresAt_idx" ON "LimitCount"("expiresAt");

-- CreateIndex
CREATE INDEX "Session_memberId_idx" ON "Session"("memberId");

-- CreateIndex
CREATE UNIQUE INDEX "SigningKey_apiKey_key" ON "SigningKey"("apiKey");

-- CreateIndex
CREATE INDEX "SecretVersion_keyId_idx" ON "SecretVersion"("keyId");

-- CreateIndex
CREATE UNIQUE INDEX "IssuedToken_jti_key" ON "IssuedToken"("jti");

-- CreateIndex
CREATE UNIQUE INDEX "IssuedToken_sha256_key" ON "IssuedToken"("sha256");

-- CreateIndex
CREATE INDEX "IssuedToken_keyId_expiresAt_idx" ON "IssuedToken"("keyId", "expiresAt");

-- CreateIndex
CREATE INDEX "IssuedToken_expiresAt_idx" ON "IssuedToken"("expiresAt");

-- CreateIndex
CREATE INDEX "IssuedToken_issuedAt_idx" ON "IssuedToken"("issuedAt");

-- CreateIndex
CREATE INDEX "IssuedToken_moderates_expiresAt_idx" ON "IssuedToken"("moderates", "expiresAt");

-- CreateIndex
CREATE INDEX "IssuedToken_callsRest_expiresAt_idx" ON "IssuedToken"("callsRest", "expiresAt");

-- CreateIndex
CREATE INDEX "AuditEvent_actorId_idx" ON "AuditEvent"("actorId");

-- CreateIndex
CREATE INDEX "AuditEvent_action_idx" ON "AuditEvent"("action");

-- CreateIndex
CREATE INDEX "AuditEvent_keyId_idx" ON "AuditEvent"("keyId");

-- CreateIndex
CREATE INDEX "AuditEvent_room_idx" ON "AuditEvent"("room");

-- CreateIndex
CREATE INDEX "AuditEvent_subject_idx" ON "AuditEvent"("subject");

-- CreateIndex
CREATE INDEX "AuditEvent_tokenNumber_idx" ON "AuditEvent"("tokenNumber");

-- CreateIndex
CREATE INDEX "AuditEvent_sha256_idx" ON "AuditEvent"("sha256");

-- CreateIndex
CREATE INDEX "AuditEvent_actorId_action_idx" ON "AuditEvent"("actorId", "action");

-- CreateIndex
CREATE INDEX "AuditEvent_keyId_action_idx" ON "AuditEvent"("keyId", "action");

-- CreateIndex
CREATE INDEX "AuditEvent_actorId_keyId_idx" ON "AuditEvent"("actorId", "keyId");
