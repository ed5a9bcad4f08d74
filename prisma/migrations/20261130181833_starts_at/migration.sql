-- AlterTable
ALTER TABLE "CaseToken" ADD COLUMN "startsAt" DATETIME;
