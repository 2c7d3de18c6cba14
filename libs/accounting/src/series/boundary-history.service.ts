/** Reads what boundaries are planned by: successions, what moved from one place to another, and what lies below. */
import { listChildren, listSuccessions, listTransfers } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import type { BoundaryStep } from './boundary-plan';
import type { BoundaryHistory } from './plan-boundary.service';

/** All successions, and the rest of the tree as it is asked for. */
export async function historyOf(tx: EntityManager): Promise<BoundaryHistory> {
  const successions = await listSuccessions(tx);
  return {
    successions,
    async transfers(territory, days) {
      const moved = await listTransfers(tx, territory, days);
      return moved.map(({ territory: code, effective, from, to }): BoundaryStep => ({
        ...{ effective, kind: 'transfer', basis: 'whole', moved: code },
        from: from === null ? [] : [from],
        to: to === null ? [] : [to],
      }));
    },
    async children(territory, day) {
      const children = await listChildren(tx, territory, day);
      return children.filter(({ level }) => level !== 'site').map(({ code }) => code);
    },
  };
}
