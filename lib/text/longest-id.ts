/** The longest id of a room or a participant that a form takes, and that a sentence shows whole. Browser-safe. */
export const LONGEST_ID = 128;
