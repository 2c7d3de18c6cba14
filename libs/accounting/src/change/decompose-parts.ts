/** Splits the change of a whole by adding the effects of its parts, so that no price has to be averaged. */
import { assert, Fen, UnitTable } from '@gep/kernel';
import { compareCodes } from '../account/line-order';
import { ChangeDecomposition, decomposeChange, gatherEffects, LineEffects } from './decompose-change';
import { noEffects } from './effects';
import { ChangeAccount, ChangeLine, ChangeSide } from './line-sides';

/** A whole with the parts that it was added up from. */
export interface ChangeWhole {
  readonly account: ChangeAccount;
  readonly parts: readonly ChangeSide[];
}

/**
 * Adds the effects of the parts. A part that is there on one side only has come or gone with the boundary: all of its value is
 * boundary effect.
 * @throws BrokenInvariant when parts do not add up to their whole
 */
export function decomposeParts(before: ChangeWhole, after: ChangeWhole, units: UnitTable): ChangeDecomposition {
  const [left, right] = [byTerritory(before.parts), byTerritory(after.parts)];
  const territories = [...new Set([...left.keys(), ...right.keys()])].sort(compareCodes);
  const lines = territories.flatMap((territory): readonly LineEffects[] => {
    const [from, to] = [left.get(territory), right.get(territory)];
    if (from && to) return decomposeChange({ settings: [], corners: [from, to] }, units).lines;
    const { account } = (from ?? to)!;
    return account.lines.map((line) => boundaryLine(line, territory, to === undefined));
  });
  return gatherEffects(before.account, after.account, lines);
}

function byTerritory(parts: readonly ChangeSide[]): Map<string, ChangeSide> {
  const map = new Map(parts.map((part) => [part.account.territory, part]));
  assert(map.size === parts.length, 'a part is given twice');
  return map;
}

function boundaryLine(line: ChangeLine, territory: string, isGone: boolean): LineEffects {
  const { service, category, group, type, item, valueFen } = line;
  const [beforeFen, afterFen]: readonly [Fen, Fen] = isGone ? [valueFen, 0n] : [0n, valueFen];
  const changeFen = afterFen - beforeFen;
  return {
    ...{ territory, service, category, group, type, item, beforeFen, afterFen, changeFen },
    effects: { ...noEffects, boundary: changeFen },
    implied: false,
  };
}
