/** States each line of an aggregate beside what the accounts below it come to. */
import { formatYuan, Fraction } from '@gep/kernel';
import { type Account, type AccountLine, unassignedType } from '../account/account';
import { lineKey } from '../account/line-order';
import type { LinesBelow } from '../flow/idle-flows';
import type { StatedAddedUp, StatedPeriod } from './stated-account';

export const placeOf = ({ service, type, item, flow }: AccountLine): string =>
  ['lines', service, type ?? unassignedType, ...(item === null ? [] : [item]), ...(flow ? ['flows', flow] : [])].join(
    '.',
  );

/** Also lines that only one of both has; the other has nothing there. */
export function stateBelow(
  { lines }: Pick<Account, 'lines'>,
  { lines: below, idle }: LinesBelow,
): Pick<StatedPeriod, 'addedUp' | 'idleFlows'> {
  const [own, added] = [byKey(lines), byKey(below)];
  const keys = new Set([...own.keys(), ...added.keys()]);
  return {
    addedUp: [...keys].flatMap((key) => stateBoth(own.get(key), added.get(key))),
    idleFlows: idle.map(({ flow: { id, service, supplier, beneficiary }, why }) => {
      return { at: `flows.${id}`, service, supplier, beneficiary, why };
    }),
  };
}

const byKey = (lines: readonly AccountLine[]): Map<string, AccountLine> =>
  new Map(lines.map((line) => [lineKey(line), line]));

function stateBoth(own: AccountLine | undefined, added: AccountLine | undefined): StatedAddedUp[] {
  const line = (own ?? added)!;
  const { service, type, unit } = line;
  const named = { service, ...(type === null ? {} : { type }) };
  const measures = [
    { measure: 'quantity', unit, show: (of: AccountLine) => Fraction.parse(String(of.quantity))!.toExactText() },
    { measure: 'value', unit: 'yuan', show: (of: AccountLine) => formatYuan(of.valueFen) },
  ];
  return measures.map(({ measure, unit: of, show }) => {
    const [stated, below] = [own, added].map((one) => (one ? show(one) : '0'));
    return { ...named, at: `${placeOf(line)}.${measure}`, stated, below, unit: of };
  });
}
