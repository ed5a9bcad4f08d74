-- AlterTable
ALTER TABLE "IssuedToken" ADD COLUMN "templateVersion" INTEGER;

-- CreateTable
CREATE TABLE "Template" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "profile" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "fills" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "createdById" TEXT,
    "createdByName" TEXT NOT NULL,
    "changedAt" DATETIME,
    "answeredByName" TEXT,
    "answer" TEXT
);

-- CreateTable
CREATE TABLE "TemplateArrangement" (
    "profile" TEXT NOT NULL PRIMARY KEY,
    "order" TEXT NOT NULL,
    "hidden" TEXT NOT NULL
);
