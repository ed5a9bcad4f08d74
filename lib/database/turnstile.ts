/** Lets writers in one at a time, in the order in which they came. */
export class Turnstile {
  #last = Promise.resolve();
  #underWay: Promise<unknown> = Promise.resolve();

  /** Once nothing is under way. @returns lets the next one in */
  async enter(): Promise<() => void> {
    const release = await this.enterBehind();
    await this.#underWay;
    return release;
  }

  /** For who writes where what is under way is written, and so after it. @returns lets the next one in, while what is left under way goes on; that never rejects */
  async enterBehind(): Promise<(underWay?: Promise<unknown>) => void> {
    const previous = this.#last;
    let letIn = () => {};
    this.#last = new Promise((resolve) => {
      letIn = resolve;
    });
    await previous;
    return (underWay = this.#underWay) => {
      this.#underWay = underWay;
      letIn();
    };
  }
}
