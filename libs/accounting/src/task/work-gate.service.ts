/** Lets tasks work side by side, and a suspect one only when nothing else does: what kills a worker then takes nobody along. */

/** First come, first in: one that wants to be alone is not overtaken. */
export class WorkGate {
  private inside = 0;
  private aloneInside = false;
  private readonly waiting: { readonly alone: boolean; readonly enter: () => void }[] = [];
  private readonly tails = new Map<string, Promise<unknown>>();

  /** Runs `work` beside others, or alone. */
  async pass<Result>(alone: boolean, work: () => Promise<Result>): Promise<Result> {
    await new Promise<void>((enter) => {
      this.waiting.push({ alone, enter });
      this.admit();
    });
    try {
      return await work();
    } finally {
      this.inside--;
      this.aloneInside = false;
      this.admit();
    }
  }

  /** Runs works of the same key one after the other: a job that was delivered twice to one process is no sign of a death. */
  async inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.tails.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.tails.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.tails.get(key) === mine) this.tails.delete(key);
    }
  }

  private admit(): void {
    for (let [next] = this.waiting; next && this.hasRoomFor(next.alone); [next] = this.waiting) {
      this.waiting.shift();
      this.inside++;
      this.aloneInside = next.alone;
      next.enter();
    }
  }

  private hasRoomFor(alone: boolean): boolean {
    return alone ? this.inside === 0 : !this.aloneInside;
  }
}
