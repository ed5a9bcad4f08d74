/** The UTC day of an instant, by which the log knows where its events lie: YYYY-MM-DD. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
