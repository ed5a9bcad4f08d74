-- AlterTable
ALTER TABLE "IssuedToken" ADD COLUMN "revokedByName" TEXT;
ALTER TABLE "IssuedToken" ADD COLUMN "revokedReason" TEXT;
