/** Splits what a change did to the quantities of services: the effects of the same factors, without price and γ. */
import { Fraction, roundToFen, type UnitTable, unitValue } from '@gep/kernel';
import { totalLines } from '../account/seal-account';
import { type ChangePart, linesOfPart } from './decompose-parts';
import type { LineEffects } from './decompose-change';
import type { ChangeAccount, ChangeSide } from './line-sides';

/** One unit of a quantity in the whole numbers that quantities are split in, as money is in fen. */
export const quantitySteps = 1_000_000n;

/** The change of a quantity in `quantitySteps` of its unit; effects sum to it, and price and γ have none. */
export interface QuantityEffects extends Pick<LineEffects, 'service' | 'type' | 'item' | 'effects'> {
  readonly unit: string;
  readonly before: bigint;
  readonly after: bigint;
  readonly change: bigint;
}

/** Each line of each part; every quantity is rounded once, half away from zero. */
export function changeOfQuantities(parts: readonly ChangePart[], units: UnitTable): QuantityEffects[] {
  const found = [...new Set(parts.flatMap(accountsOf).flatMap(({ lines }) => lines.map(({ unit }) => unit)))].sort();
  return found.flatMap((unit) =>
    parts.flatMap((part) =>
      linesOfPart(countedIn(part, unit), units).map(
        ({ service, type, item, effects, beforeFen: before, afterFen: after, changeFen: change }) => ({
          ...{ service, type, item, unit, effects, before, after, change },
        }),
      ),
    ),
  );
}

function accountsOf(part: ChangePart): readonly ChangeAccount[] {
  if ('corners' in part) return part.corners.corners.map(({ account }) => account);
  return ['gone' in part ? part.gone : part.come];
}

function countedIn(part: ChangePart, unit: string): ChangePart {
  if ('gone' in part) return { gone: countedAs(part.gone, unit) };
  if ('come' in part) return { come: countedAs(part.come, unit) };
  const { settings, corners } = part.corners;
  const counted = corners.map((side): ChangeSide => ({ ...side, account: countedAs(side.account, unit) }));
  return { corners: { settings, corners: counted } };
}

const price = Fraction.of(quantitySteps, 100n);
const worth = unitValue(price);

/** The lines of one unit, each worth as many fen as its quantity has steps: then what splits money splits quantities. */
function countedAs(account: ChangeAccount, unit: string): ChangeAccount {
  const lines = account.lines
    .filter((line) => line.unit === unit)
    .map((line) => ({
      ...{ ...line, price: price.toExactText(), priceUnit: `yuan/(${unit})`, gamma: '1' },
      valueFen: roundToFen(line.quantity, worth),
    }));
  return { ...account, lines, totals: totalLines(lines, Object.keys(account.areaByType)) };
}
