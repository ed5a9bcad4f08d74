/** Lets writers in one at a time, in the order in which they came. */
export class Turnstile {
  #last = Promise.resolve();

  /** @returns lets the next one in */
  async enter(): Promise<() => void> {
    const previous = this.#last;
    let release = () => {};
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    await previous;
    return release;
  }
}
