/** Writes a label as it stands within a sentence: "Room ID" as "room ID". */
export function withinSentence(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}
