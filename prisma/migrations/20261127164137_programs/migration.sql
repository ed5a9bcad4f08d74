-- CreateTable
CREATE TABLE "Endpoint" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "path" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "templateId" TEXT NOT NULL,
    "ttlSeconds" INTEGER NOT NULL,
    "roomFrom" TEXT NOT NULL,
    "room" TEXT,
    "origins" TEXT NOT NULL,
    "perMinute" INTEGER,
    "perMinuteFromAddress" INTEGER,
    "perDay" INTEGER,
    "purpose" TEXT NOT NULL,
    "endsAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "disabledAt" DATETIME,
    "endedAt" DATETIME,
    "issuedTokens" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "EndpointCalls" (
    "endpointId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "calls" INTEGER NOT NULL,

    PRIMARY KEY ("endpointId", "day", "outcome")
);

-- CreateTable
CREATE TABLE "Credential" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "keyIds" TEXT,
    "templateIds" TEXT,
    "addresses" TEXT,
    "perMinute" INTEGER,
    "endsAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "endedAt" DATETIME
);

-- CreateTable
CREATE TABLE "CredentialValue" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "credentialId" TEXT NOT NULL,
    "hash" BLOB NOT NULL,
    "ending" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "endsAt" DATETIME,
    "lastUsedAt" DATETIME,
    "lastAddress" TEXT,
    CONSTRAINT "CredentialValue_credentialId_fkey" FOREIGN KEY ("credentialId") REFERENCES "Credential" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Endpoint_path_key" ON "Endpoint"("path");

-- CreateIndex
CREATE INDEX "Endpoint_ownerId_idx" ON "Endpoint"("ownerId");

-- CreateIndex
CREATE INDEX "Endpoint_keyId_idx" ON "Endpoint"("keyId");

-- CreateIndex
CREATE INDEX "Credential_ownerId_idx" ON "Credential"("ownerId");

-- CreateIndex
CREATE UNIQUE INDEX "CredentialValue_hash_key" ON "CredentialValue"("hash");

-- CreateIndex
CREATE INDEX "CredentialValue_credentialId_idx" ON "CredentialValue"("credentialId");
