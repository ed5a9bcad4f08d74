/** Writes a label as it stands within a sentence, "Room ID" as "room ID", and words as they begin one. */
export function withinSentence(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
