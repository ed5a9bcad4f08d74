import { requireActor } from "@/lib/auth/session";
export default async function OverviewPage() {
  await requireActor();
  return <h1>Overview</h1>;
}
