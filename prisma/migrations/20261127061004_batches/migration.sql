-- CreateTable
CREATE TABLE "Batch" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "requestId" BLOB NOT NULL,
    "askedSha256" BLOB NOT NULL,
    "firstNumber" INTEGER NOT NULL,
    "tokens" INTEGER NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Batch_requestId_key" ON "Batch"("requestId");
