-- AlterTable
ALTER TABLE "Endpoint" ADD COLUMN "confirmedReach" TEXT NOT NULL DEFAULT '[]';
