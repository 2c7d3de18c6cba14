/** Lets a controller read from the stores: one unchanging view of the database, as far as the actor may see it. */
import { Injectable } from '@nestjs/common';
import { type Actor, Database } from '@gep/platform';
import type { EntityManager } from 'typeorm';

@Injectable()
export class Snapshots {
  constructor(private readonly database: Database) {}

  /** Runs `look` in a read-only transaction under row security. */
  read<T>(actor: Actor, look: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.database.snapshot(actor, look);
  }
}
