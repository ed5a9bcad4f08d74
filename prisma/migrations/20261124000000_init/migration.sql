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
    "maxTtlSeconds" INTEGER,
    "createdAt" DATETIME NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "disabledAt" DATETIME
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
    "jti" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "keyLabel" TEXT NOT NULL,
    "secretVersionId" TEXT NOT NULL,
    "issuerId" TEXT NOT NULL,
    "issuerName" TEXT NOT NULL,
    "door" TEXT NOT NULL,
    "issuedAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "claims" TEXT NOT NULL,
    "permissions" TEXT NOT NULL,
    "roles" TEXT NOT NULL,
    "roomId" TEXT,
    "participantId" TEXT,
    "purpose" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "revokedAt" DATETIME
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "sequence" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "actorId" TEXT,
    "actorName" TEXT NOT NULL,
    "door" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "keyId" TEXT,
    "keyLabel" TEXT,
    "roomId" TEXT,
    "participantId" TEXT,
    "jti" TEXT,
    "tokenNumber" INTEGER,
    "sha256" TEXT,
    "memberId" TEXT,
    "detail" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Member_email_key" ON "Member"("email");

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
CREATE INDEX "AuditEvent_actorId_sequence_idx" ON "AuditEvent"("actorId", "sequence");

-- CreateIndex
CREATE INDEX "AuditEvent_action_sequence_idx" ON "AuditEvent"("action", "sequence");

-- CreateIndex
CREATE INDEX "AuditEvent_keyId_sequence_idx" ON "AuditEvent"("keyId", "sequence");

-- CreateIndex
CREATE INDEX "AuditEvent_roomId_sequence_idx" ON "AuditEvent"("roomId", "sequence");

-- CreateIndex
CREATE INDEX "AuditEvent_participantId_sequence_idx" ON "AuditEvent"("participantId", "sequence");

-- CreateIndex
CREATE INDEX "AuditEvent_jti_sequence_idx" ON "AuditEvent"("jti", "sequence");

-- CreateIndex
CREATE INDEX "AuditEvent_sha256_idx" ON "AuditEvent"("sha256");

-- CreateIndex
CREATE INDEX "AuditEvent_at_idx" ON "AuditEvent"("at");
