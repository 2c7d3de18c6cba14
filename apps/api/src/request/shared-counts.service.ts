/** Where the rate guard counts: in the database for all processes together, where it matters how many there are. */
import type { RequestCounts } from '@gep/access';
import { type ThrottlerStorage, ThrottlerStorageService } from '@nestjs/throttler';

type Counted = Awaited<ReturnType<ThrottlerStorage['increment']>>;

const mostKept = 10_000;

export class SharedCounts implements ThrottlerStorage {
  private readonly own = new ThrottlerStorageService();
  /** Until when a key is blocked, by this process's clock: who goes on asking costs no look into the database. */
  private readonly blocked = new Map<string, number>();

  constructor(private readonly counts: RequestCounts) {}

  /**
   * Requests of strangers that bring no secret are refused without a look into the database, and are counted without
   * one too: a flood of them must not reach it.
   */
  async increment(key: string, ttl: number, limit: number, blockFor: number, name: string): Promise<Counted> {
    if (key.startsWith('default address ')) return this.own.increment(key, ttl, limit, blockFor, name);
    const left = Math.ceil(((this.blocked.get(key) ?? 0) - performance.now()) / 1000);
    if (left > 0) return { totalHits: limit + 1, timeToExpire: left, isBlocked: true, timeToBlockExpire: left };
    const { count, secondsLeft } = await this.counts.count(key, ttl / 1000);
    const isBlocked = count > limit;
    const timeToExpire = Math.max(1, Math.ceil(secondsLeft));
    if (isBlocked) this.block(key, secondsLeft);
    return { totalHits: count, timeToExpire, isBlocked, timeToBlockExpire: isBlocked ? timeToExpire : 0 };
  }

  onApplicationShutdown(): void {
    this.own.onApplicationShutdown();
  }

  private block(key: string, seconds: number): void {
    if (this.blocked.size >= mostKept) this.blocked.clear();
    this.blocked.set(key, performance.now() + seconds * 1000);
  }
}
