/** What `npm start` has opened, so that an end at any moment, also in the middle of opening, leaves nothing behind. */

export interface Closable {
  close(): Promise<void>;
}

export class Opened {
  private readonly stages: { name: string; parts: Promise<Closable | undefined>[] }[] = [];
  private ended: Promise<void> | undefined;

  /** True from the moment the end was asked for: what fails from then on fails because of it. */
  get ending(): boolean {
    return this.ended !== undefined;
  }

  /** Notes it before it is open. Parts of one stage are closed side by side, stages from the last to the first. */
  async open<T extends Closable>(stage: string, opening: Promise<T> | T): Promise<T> {
    const last = this.stages.at(-1);
    const found = last?.name === stage ? last : { name: stage, parts: [] };
    if (found !== last) this.stages.push(found);
    const known = Promise.resolve(opening);
    found.parts.push(known.catch(() => undefined));
    return known;
  }

  /** Closes everything once; later calls wait for the first. */
  close(complain: (text: string) => void): Promise<void> {
    this.ended ??= this.closeStages(complain);
    return this.ended;
  }

  private async closeStages(complain: (text: string) => void): Promise<void> {
    for (let stage = this.stages.pop(); stage; stage = this.stages.pop()) {
      const { name, parts } = stage;
      const closing = parts.map(async (part) => (await part)?.close());
      for (const outcome of await Promise.allSettled(closing))
        if (outcome.status === 'rejected') complain(`${name}: ${(outcome.reason as Error).message}`);
    }
  }
}
