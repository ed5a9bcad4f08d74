-- AlterTable
ALTER TABLE "CaseToken" ADD COLUMN "refusedBy" TEXT;
