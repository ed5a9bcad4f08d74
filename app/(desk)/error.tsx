"use client";
/** What stands in the desk's frame where a page failed: says so, and tries again. */
import { FailedPage } from "@/components/ui/failed-page";

export default FailedPage;
