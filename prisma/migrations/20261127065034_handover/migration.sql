-- CreateTable
CREATE TABLE "Handover" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tokenNumber" INTEGER NOT NULL,
    "sealed" TEXT,
    "proofHash" BLOB NOT NULL,
    "forMemberId" TEXT,
    "forName" TEXT,
    "createdAt" DATETIME NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "ending" TEXT,
    "endedAt" DATETIME,
    "endedByName" TEXT
);

-- CreateIndex
CREATE INDEX "Handover_createdById_createdAt_idx" ON "Handover"("createdById", "createdAt");

-- CreateIndex
CREATE INDEX "Handover_ending_expiresAt_idx" ON "Handover"("ending", "expiresAt");
