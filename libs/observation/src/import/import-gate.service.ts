/** Lets those who judge what becomes of observations say where they may not be changed any more. */
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import type { Reason } from '../table/cell-problem';

/** A territory and period that somebody wishes to import. */
export interface ImportPlace {
  readonly territory: string;
  readonly period: string;
  /** ltree text. */
  readonly path: string;
}

/** Implemented above this subject; without one everything is open. */
export abstract class ImportGate {
  /**
   * Where this actor may not change what holds under a norm: `territory period` with the reason. Asked in the
   * transaction of the import, whose actor's scope is where they may import.
   */
  abstract closedPlaces(
    tx: EntityManager,
    actor: Actor,
    normId: string,
    places: readonly ImportPlace[],
  ): Promise<ReadonlyMap<string, Reason>>;
}
