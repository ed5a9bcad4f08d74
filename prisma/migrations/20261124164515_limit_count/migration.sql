-- CreateTable
CREATE TABLE "LimitCount" (
    "limit" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "expiresAt" DATETIME NOT NULL,

    PRIMARY KEY ("limit", "key")
);

-- CreateIndex
CREATE INDEX "LimitCount_expiresAt_idx" ON "LimitCount"("expiresAt");
