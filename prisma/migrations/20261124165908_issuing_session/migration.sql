-- AlterTable
ALTER TABLE "IssuedToken" ADD COLUMN "sessionId" TEXT;
