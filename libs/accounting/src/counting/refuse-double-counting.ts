/** Refuses an account in which services that count the same thing both have a value. */
import type { NormEdition } from '@gep/rulebook';
import type { AccountLine } from '../account/account';
import type { ObservedAt } from '../errors';
import { DoubleCounted } from './errors';

/**
 * Of each group at most one service may have a value, unless one is deducted from the other. It holds for one territory:
 * above, services of different children count different things.
 * @throws DoubleCounted
 */
export function refuseDoubleCounting(
  { id, exclusive: groups, services }: Pick<NormEdition, 'id' | 'exclusive' | 'services'>,
  lines: readonly Pick<AccountLine, 'service' | 'valueFen'>[],
  at: ObservedAt,
): void {
  const worth = new Set(lines.flatMap(({ service, valueFen }) => (valueFen === 0n ? [] : [service])));
  for (const group of groups) {
    if (group.deduct || group.services.filter((service) => worth.has(service)).length < 2) continue;
    const valued = group.services.flatMap((service) => {
      const own = lines.filter((line) => line.service === service && line.valueFen !== 0n);
      if (own.length === 0) return [];
      const { name } = services.find(({ code }) => code === service)!;
      return [{ service, name, valueFen: own.reduce((sum, { valueFen }) => sum + valueFen, 0n) }];
    });
    if (valued.length > 1) throw new DoubleCounted(at, group, valued, id);
  }
}
